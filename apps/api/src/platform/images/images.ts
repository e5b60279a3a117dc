import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import sharp from 'sharp';
import { BoundedWork } from '../http/bounded-work.js';
import { invalidField } from '../http/problem.js';

/** Bytes say what a file is; names and declared types only claim it. */
const SIGNATURES: ((bytes: Buffer) => boolean)[] = [
  (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  (bytes) =>
    bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  (bytes) => ['GIF87a', 'GIF89a'].includes(bytes.toString('latin1', 0, 6)),
  (bytes) =>
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
];

// libvips can read far more (SVG, PDF, …). What we do not accept must not even be tried.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadWebp',
  ],
});
sharp.cache(false);

const SECONDS_TO_DECODE = 10;

/** Turns what people upload into pictures of our own making: decoded, limited, re-encoded, without metadata. */
@Injectable()
export class Images {
  private readonly work = new BoundedWork(Math.max(1, availableParallelism() - 1), 20);

  /** WebP pictures of the given sizes, all of one shape, cropped to what matters. Animations keep their first frame. */
  async covers<Name extends string>(
    bytes: Buffer,
    field: string,
    sizes: Record<Name, [width: number, height: number]>,
  ): Promise<Record<Name, Buffer>> {
    if (!SIGNATURES.some((matches) => matches(bytes))) {
      throw invalidField(field, 'Choose a JPEG, PNG, GIF or WebP image.');
    }
    return this.work.run(async () => {
      try {
        const original = await this.open(bytes).metadata();
        if (original.width * original.height > LIMITS.avatar.maxPixels)
          throw new Error('too many pixels');
        const [width, height] = Object.values<[number, number]>(sizes).reduce((a, b) =>
          a[0] > b[0] ? a : b,
        );
        // Decode the original once; the smaller sizes come from the largest.
        const base = await this.open(bytes)
          .rotate()
          .resize(width, height, { fit: 'cover', position: 'attention' })
          .timeout({ seconds: SECONDS_TO_DECODE })
          .raw()
          .toBuffer({ resolveWithObject: true });
        const raw = {
          width: base.info.width,
          height: base.info.height,
          channels: base.info.channels,
        };
        const encoded = await Promise.all(
          Object.entries<[number, number]>(sizes).map(async ([name, size]) => [
            name,
            await sharp(base.data, { raw })
              .resize(...size)
              .webp({ quality: 82 })
              .toBuffer(),
          ]),
        );
        return Object.fromEntries(encoded) as Record<Name, Buffer>;
      } catch {
        throw invalidField(
          field,
          'This image could not be read. It may be damaged or far too large in pixels.',
        );
      }
    });
  }

  private open(bytes: Buffer) {
    return sharp(bytes, {
      limitInputPixels: LIMITS.avatar.maxPixels,
      failOn: 'error',
      animated: false,
    }).toColourspace('srgb');
  }
}
