import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A small photo-like picture, with metadata that must not survive. */
export const picture = (
  format: 'jpeg' | 'png' | 'gif' | 'webp' | 'avif',
  width = 400,
  height = 300,
) =>
  sharp({ create: { width, height, channels: 3, background: { r: 210, g: 120, b: 60 } } })
    .withExif({
      IFD0: { Copyright: 'SECRET OWNER' },
      IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' },
    })
    .toFormat(format)
    .toBuffer();

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** A correct PNG of black pixels: huge once decoded, tiny as a file. */
export function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Pixels of which no two are related, so that nothing makes them small. */
export const noise = (width: number, height: number): Buffer => randomBytes(width * height * 3);

/** A square that changes its colour from frame to frame. */
export function animation(format: 'gif' | 'webp', frames = 6, side = 60): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * frames * 3);
  for (let frame = 0; frame < frames; frame++)
    pixels.fill(
      Buffer.from([(frame * 40) % 256, 120, 255 - ((frame * 40) % 256)]),
      frame * side * side * 3,
      (frame + 1) * side * side * 3,
    );
  return animated(pixels, format, frames, side);
}

/** An animation whose frames are still counted, but one in the middle cannot be read. */
export async function damagedAnimation(): Promise<Buffer> {
  const [frames, side] = [8, 200];
  const gif = await animated(noise(side, side * frames), 'gif', frames, side);
  const middle = Math.floor(gif.length * 0.6);
  return gif.fill(0xff, middle, middle + 40);
}

const animated = (pixels: Buffer, format: 'gif' | 'webp', frames: number, side: number) =>
  sharp(pixels, { raw: { width: side, height: side * frames, channels: 3, pageHeight: side } })
    .toFormat(format, { delay: Array(frames).fill(100), loop: 0 })
    .toBuffer();

/** A GIF of many frames that change one pixel: tiny as a file, endless or huge to show. */
export const bombGif = (frames: number, side = 1): Buffer =>
  Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from(new Uint16Array([side, side]).buffer),
    Buffer.from('\x80\0\0\0\0\0\xff\xff\xff', 'latin1'),
    ...Array<Buffer>(frames).fill(
      Buffer.from('!\xf9\x04\0\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0', 'latin1'),
    ),
    Buffer.from(';'),
  ]);
