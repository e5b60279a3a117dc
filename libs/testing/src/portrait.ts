import sharp from 'sharp';
import type { CastMember } from './cast.js';

/** Draws a simple face, so that a demo has pictures without downloading any. */
export function drawPortrait({
  portrait: [background, skin, hair, clothes],
  firstName,
}: CastMember): Promise<Buffer> {
  // The haircut depends on the name, so that a person always looks the same.
  const long = firstName.length % 2 === 0;
  const svg = `
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="640" height="640">
      <rect width="200" height="200" fill="${background}"/>
      <circle cx="160" cy="36" r="58" fill="#ffffff" opacity="0.18"/>
      ${long ? `<path d="M52 92 Q52 34 100 34 Q148 34 148 92 L152 160 Q100 178 48 160 Z" fill="${hair}"/>` : ''}
      <path d="M28 210 Q34 150 100 150 Q166 150 172 210 Z" fill="${clothes}"/>
      <rect x="84" y="120" width="32" height="42" rx="16" fill="${skin}"/>
      <path d="M84 138 Q100 152 116 138 L116 146 Q100 158 84 146 Z" fill="#000" opacity="0.12"/>
      <ellipse cx="100" cy="96" rx="40" ry="46" fill="${skin}"/>
      <path d="${long ? 'M58 92 Q60 44 100 44 Q140 44 142 92 Q124 66 96 66 Q72 68 58 92' : 'M58 88 Q54 42 100 40 Q146 42 142 88 Q132 62 100 62 Q70 62 58 88'} Z" fill="${hair}"/>
      <circle cx="85" cy="98" r="4.4" fill="#231a17"/><circle cx="115" cy="98" r="4.4" fill="#231a17"/>
      <path d="M78 87 Q85 83 91 87 M109 87 Q115 83 122 87" stroke="${hair}" stroke-width="3" fill="none" stroke-linecap="round"/>
      <path d="M86 117 Q100 129 114 117" stroke="#231a17" stroke-width="3.4" fill="none" stroke-linecap="round"/>
      <circle cx="76" cy="110" r="6" fill="#e0523a" opacity="0.18"/><circle cx="124" cy="110" r="6" fill="#e0523a" opacity="0.18"/>
    </svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
