import { availableParallelism } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import { AVATAR_TYPES, LIMITS } from '@echomate/contracts/limits';
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { BoundedWork } from '../http/bounded-work.js';
import { invalidField, Refusal } from '../http/problem.js';
import { fileTypeOf } from './file-type.js';

// libvips can read far more (SVG, PDF, …). What we do not accept must not even be tried.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
  ],
});
sharp.cache(false);

const SECONDS_TO_DECODE = 10;
const SECONDS_TO_ANIMATE = 180;
/** Encoding is most of the work; beyond this it takes twice as long for a few per cent fewer bytes. */
const STILL = { quality: 82, effort: 3 };
const ANIMATION = { quality: 70, effort: 2 };
const PLACEHOLDER_SIDE = 100;

/** Its decoder holds the whole picture several times, others a few lines of it. */
const HEIF_WEIGHT = 2;

export interface Stills<Name extends string> {
  pictures: Record<Name, Buffer>;
  /** Of the largest */
  width: number;
  height: number;
  /** A thumbhash, base64 */
  placeholder: string;
}

/** The prebuilt libheif reads AVIF only; one built by the operator may read what phones make. */
export const readsHeic = (): boolean =>
  sharp.format.heif.input.fileSuffix?.includes('.heic') ?? false;

/** By its first bytes: may this be a profile picture? */
export function assertProfilePicture(start: Buffer, field: string): void {
  if (!AVATAR_TYPES.some((type) => type === fileTypeOf(start)))
    throw invalidField(field, 'Choose a JPEG, PNG, GIF or WebP image.');
}

/** Turns what people upload into pictures of our own making: decoded, limited, re-encoded, without metadata. */
@Injectable()
export class Images {
  private readonly logger = new Logger(Images.name);
  private readonly work = new BoundedWork(Math.max(1, availableParallelism() - 1), 20);

  /** WebP pictures of the given sizes, all of one shape, cropped to what matters. Animations keep their first frame. */
  async covers<Name extends string>(
    path: string,
    field: string,
    sizes: Record<Name, [width: number, height: number]>,
  ): Promise<Record<Name, Buffer>> {
    return this.reading(field, async () => {
      const [width, height] = Object.values<[number, number]>(sizes).reduce((a, b) =>
        a[0] > b[0] ? a : b,
      );
      // Decode the original once; the smaller sizes come from the largest.
      const base = await decoded(
        (await this.open(path, LIMITS.avatar.maxPixels)).resize(width, height, {
          fit: 'cover',
          position: 'attention',
        }),
      );
      return each(sizes, (size: [number, number]) =>
        base()
          .resize(...size)
          .webp(STILL)
          .toBuffer(),
      );
    });
  }

  /** WebP pictures that fit into squares of the given sides, never enlarged. Animations show their first frame. */
  async stills<Name extends string>(
    path: string,
    field: string,
    sides: Record<Name, number>,
  ): Promise<Stills<Name>> {
    return this.reading(field, async () => {
      const largest = Math.max(...Object.values<number>(sides));
      const opened = await this.open(path, LIMITS.media.maxPixels);
      const base = await decoded(opened.resize(inside(largest)));
      const { width, height } = await base().metadata();
      const small = await base()
        .resize(inside(PLACEHOLDER_SIDE))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data);
      return {
        pictures: await each(sides, (side: number) =>
          base().resize(inside(side)).webp(STILL).toBuffer(),
        ),
        width,
        height,
        placeholder: Buffer.from(hash).toString('base64'),
      };
    });
  }

  /** How many frames there are; refuses more than may be decoded. Reads the headers only. */
  async framesOf(path: string, field: string): Promise<number> {
    const { maxFrames, maxAnimationPixels } = LIMITS.media;
    return this.reading(field, async () => {
      const {
        pages = 1,
        width,
        height,
        format,
      } = await sharp(path, { failOn: 'error' }).metadata();
      // Other formats may hold several pictures, but they are not the frames of one.
      if (format !== 'gif' && format !== 'webp') return 1;
      if (pages > maxFrames)
        throw invalidField(field, `An animation may have up to ${maxFrames} frames.`);
      if (pages > 1 && pages * width * height > maxAnimationPixels)
        throw invalidField(field, 'This animation is too large. Make it smaller or shorter.');
      return pages;
    });
  }

  /** An animated WebP that fits into a square of the given side. Minutes of work: for jobs, not for requests. */
  async animation(path: string, side: number): Promise<Buffer> {
    return sharp(path, {
      animated: true,
      limitInputPixels: LIMITS.media.maxAnimationPixels,
      failOn: 'error',
    })
      .resize(inside(side))
      .toColourspace('srgb')
      .webp(ANIMATION)
      .timeout({ seconds: SECONDS_TO_ANIMATE })
      .toBuffer();
  }

  private reading<Result>(field: string, work: () => Promise<Result>): Promise<Result> {
    return this.work.run(async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // Our own faults would hide behind the refusal; libvips says what it could not read.
        this.logger.debug({ err: error }, 'An image was refused');
        throw invalidField(
          field,
          'This image could not be read. It may be damaged or far too large in pixels.',
        );
      }
    });
  }

  /** The first frame, upright, refused by its header if it has too many pixels. */
  private async open(path: string, maxPixels: number): Promise<Sharp> {
    const options = { limitInputPixels: maxPixels, failOn: 'error', animated: false } as const;
    const { width, height, format } = await sharp(path, options).metadata();
    const bearable = format === 'heif' ? maxPixels / HEIF_WEIGHT : maxPixels;
    if (width * height > bearable) throw new Error('too many pixels');
    return sharp(path, options).autoOrient();
  }
}

const inside = (side: number) =>
  ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;

/** Pixels in memory, without anything else that came with them, to make several pictures of. */
async function decoded(picture: Sharp): Promise<() => Sharp> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .timeout({ seconds: SECONDS_TO_DECODE })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return () => sharp(data, { raw: { width, height, channels } });
}

async function each<Name extends string, Value, Result>(
  values: Record<Name, Value>,
  make: (value: Value) => Promise<Result>,
): Promise<Record<Name, Result>> {
  const made = await Promise.all(
    Object.entries<Value>(values).map(async ([name, value]) => [name, await make(value)]),
  );
  return Object.fromEntries(made) as Record<Name, Result>;
}
