import sharp from 'sharp';

/** Simple drawn pictures, so that a demo needs no downloads. */
export const MOTIFS = {
  kites: [
    '#9fd0ee',
    `<path d="M0 500 Q400 440 800 510 V600 H0 Z" fill="#e8d3a2"/>
     ${kite(220, 170, '#c8553d')}${kite(430, 110, '#2f5d62')}${kite(610, 220, '#d9a441')}`,
  ],
  bread: [
    '#4a2f27',
    `<rect y="380" width="800" height="220" fill="#7a4f36"/>
     <ellipse cx="400" cy="370" rx="250" ry="120" fill="#b9773f"/>
     <path d="M210 330 Q400 190 590 330 Q400 270 210 330" fill="#d99a5b"/>
     <path d="M280 320 L360 260 M380 310 L450 250 M480 312 L545 262" stroke="#fbe6c4" stroke-width="14" stroke-linecap="round"/>`,
  ],
  harbour: [
    '#f6cfa5',
    `<rect y="360" width="800" height="240" fill="#3d6d8a"/>
     <path d="M0 400 H800 M40 450 H760 M0 510 H800" stroke="#5f8fab" stroke-width="6"/>
     <path d="M260 380 H540 L500 440 H300 Z" fill="#8d3b2f"/>
     <path d="M400 370 V150 L520 350 Z" fill="#fff6e6"/><path d="M388 370 V190 L300 350 Z" fill="#f0e2c8"/>`,
  ],
  choir: [
    '#2c2440',
    `<rect y="460" width="800" height="140" fill="#55402f"/>
     ${[140, 270, 400, 530, 660].map((x, index) => singer(x, index)).join('')}`,
  ],
} as const;

export type Motif = keyof typeof MOTIFS;

function kite(x: number, y: number, colour: string): string {
  return `<path d="M${x} ${y - 70} L${x + 55} ${y} L${x} ${y + 90} L${x - 55} ${y} Z" fill="${colour}"/>
    <path d="M${x} ${y + 90} Q${x + 40} ${y + 190} ${x - 10} 500" stroke="#6b5b4a" stroke-width="3" fill="none"/>`;
}

function singer(x: number, index: number): string {
  const clothes = ['#c8553d', '#2f5d62', '#d9a441', '#6d4c7d', '#3f7d58'][index]!;
  return `<path d="M${x - 52} 470 Q${x} 190 ${x + 52} 470 Z" fill="${clothes}"/>
    <circle cx="${x}" cy="300" r="42" fill="${['#8d5a3b', '#f0c8a8', '#5c3a26', '#e6b48c', '#c98d62'][index]!}"/>
    <ellipse cx="${x}" cy="316" rx="9" ry="12" fill="#3a1712"/>`;
}

export const drawScene = (scene: Motif): Promise<Buffer> => {
  const [sky, things] = MOTIFS[scene];
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="1600" height="1200">
        <rect width="800" height="600" fill="${sky}"/>${things}</svg>`,
    ),
  )
    .jpeg({ quality: 88 })
    .toBuffer();
};

/** A small animation of a flying bee. */
export async function drawBee(): Promise<Buffer> {
  const [width, height, count] = [320, 200, 12];
  const frames = await Promise.all(
    Array.from({ length: count }, (_, n) => {
      // The first frame, which stands for the whole, shows the bee.
      const x = ((n / count + 0.5) % 1) * (width + 60) - 30;
      const y = 100 + 30 * Math.sin((n / count) * 4 * Math.PI);
      const wing = n % 2 ? 22 : 12;
      return sharp(
        Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
          <rect width="${width}" height="${height}" fill="#cfe8f1"/>
          <ellipse cx="${x}" cy="${y - 16}" rx="9" ry="${wing}" fill="#ffffff"/>
          <ellipse cx="${x}" cy="${y}" rx="24" ry="15" fill="#f0b429"/>
          <path d="M${x - 6} ${y - 14} V${y + 14} M${x + 6} ${y - 14} V${y + 14}" stroke="#33261a" stroke-width="6"/>
          <circle cx="${x + 22}" cy="${y - 2}" r="9" fill="#33261a"/></svg>`),
      )
        .raw()
        .toBuffer();
    }),
  );
  return sharp(Buffer.concat(frames), {
    raw: { width, height: height * count, channels: 4, pageHeight: height },
  })
    .gif({ delay: Array<number>(count).fill(90), loop: 0 })
    .toBuffer();
}

/** A logo of 400 by 80 pixels with a name in it. */
export const drawWordmark = (name: string): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="80">
      <circle cx="40" cy="40" r="34" fill="#d8802a"/>
      <text x="90" y="57" font-size="48" font-family="sans-serif" fill="#4a3b20">${name}</text>
    </svg>`),
  )
    .png()
    .toBuffer();
