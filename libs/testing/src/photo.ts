import sharp from 'sharp';
import { Canvas, SHAPES, type Light, type Shape } from './pictures/canvas.js';
import { LANDSCAPES } from './pictures/landscapes.js';
import { THINGS } from './pictures/things.js';
import { MOTIFS, type Motif } from './scenery.js';

const DRAWN = { ...LANDSCAPES, ...THINGS };

export type Scene = keyof typeof DRAWN | Motif;

/** A drawn picture in the place of a photo; the same values always give the same picture. */
export interface Photo {
  scene: Scene;
  shape?: Shape;
  light?: Light;
  seed?: number;
}

export function drawPhoto({
  scene,
  shape = 'landscape',
  light = 'day',
  seed = 1,
}: Photo): Promise<Buffer> {
  const [width, height] = SHAPES[shape];
  const drawing =
    scene in MOTIFS
      ? motif(scene as Motif, width, height)
      : DRAWN[scene as keyof typeof DRAWN](new Canvas(width, height, light, seed));
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${drawing}</svg>`,
    ),
  )
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** Made for 4:3, and cut to the shape. */
function motif(scene: Motif, width: number, height: number): string {
  const [background, things] = MOTIFS[scene];
  const [defs, light] = new Canvas(width, height, 'day', 1).gradient([
    ['#ffffff', 0],
    ['#fff2d8', 0.2],
  ]);
  return `<svg viewBox="0 0 800 600" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice">
    <rect x="-800" y="-600" width="2400" height="1800" fill="${background}"/>${defs}
    <rect x="-800" width="2400" height="520" fill="${light}"/>${things}</svg>`;
}
