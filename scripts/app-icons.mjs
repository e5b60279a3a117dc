/** `node scripts/app-icons.mjs`: draws the icons of the installed app into `apps/web/static/icons`. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const FOLDER = fileURLToPath(new URL('../apps/web/static/icons/', import.meta.url));
const GROUND = '#0f5661';
const LINE = '#f9f4ea';
const DOT = '#f0935a';

/**
 * The mark of `favicon.svg` on a ground of its own.
 *
 * @param {number} share how much of the width it takes
 * @param {number} radius
 */
const drawing = (share, radius) => {
  const scale = (512 * share) / 32;
  const offset = (512 - 32 * scale) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" fill="none">
    <rect width="512" height="512" rx="${radius}" fill="${GROUND}"/>
    <g transform="translate(${offset} ${offset}) scale(${scale})" stroke="${LINE}" stroke-width="3">
      <path d="M3.6 29.2 5.1 22a12.6 12.6 0 1 1 5.4 5.3z" stroke-linejoin="round"/>
      <path d="M16.3 22.2a6.2 6.2 0 1 1 6.1-5" stroke-linecap="round"/>
      <circle cx="16.3" cy="16" r="2.5" fill="${DOT}" stroke="none"/>
    </g>
  </svg>`;
};

const ICONS = [
  { name: 'app-192', size: 192, share: 0.66, radius: 112 },
  { name: 'app-512', size: 512, share: 0.66, radius: 112 },
  // A launcher cuts its own shape out of it: everything that matters is in the middle circle of 80 %.
  { name: 'maskable-512', size: 512, share: 0.54, radius: 0 },
  { name: 'apple-touch', size: 180, share: 0.62, radius: 0 },
];

await mkdir(FOLDER, { recursive: true });
for (const { name, size, share, radius } of ICONS)
  await sharp(Buffer.from(drawing(share, radius)), { density: 288 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(`${FOLDER}${name}.png`);
