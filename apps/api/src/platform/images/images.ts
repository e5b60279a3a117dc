import { availableParallelism } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import { AVATAR_TYPES, LIMITS } from '@echomate/contracts/limits';
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { BoundedWork } from '../http/bounded-work.js';
import { invalidField, Refusal } from '../http/problem.js';
import { fileTypeOf } from './file-type.js';

// libvips can read many more formats (SVG, PDF, …). It must not even try what is not accepted.
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
/** Encoding is most of the work; more effort takes twice as long for a few per cent fewer bytes. */
const STILL = { quality: 82, effort: 3 };
const ANIMATION = { quality: 70, effort: 2 };
const PLACEHOLDER_SIDE = 100;
const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 };

/** This decoder holds several copies of the whole picture in memory, others a few lines. */
const HEIF_WEIGHT = 2;

export interface Box {
  width: number;
  height: number;
  /** Fits inside without enlarging, or fills the box and is cropped to the most relevant part */
  fit: 'inside' | 'cover';
}

export interface Stills<Name extends string> {
  pictures: Record<Name, Buffer>;
  /** Of the largest picture */
  width: number;
  height: number;
  /** A thumbhash, base64 */
  placeholder: string;
}

/** The prebuilt libheif reads AVIF only; one built by the operator may read HEIC from phones. */
export const readsHeic = (): boolean =>
  sharp.format.heif.input.fileSuffix?.includes('.heic') ?? false;

/** Checks by the first bytes that the file may be a profile picture. */
export function assertProfilePicture(start: Buffer, field: string): void {
  if (!AVATAR_TYPES.some((type) => type === fileTypeOf(start)))
    throw invalidField(field, 'not-a-profile-photo');
}

/** Turns uploads into new pictures: decoded, limited, re-encoded, without metadata. */
@Injectable()
export class Images {
  private readonly logger = new Logger(Images.name);
  private readonly work = new BoundedWork(Math.max(1, availableParallelism() - 1), 20);

  /** WebP pictures for the given boxes, all of one shape. Animations show their first frame. */
  async stills<Boxes extends Record<string, Box>>(
    path: string,
    field: string,
    boxes: Boxes,
  ): Promise<Stills<keyof Boxes & string>> {
    return this.reading(field, async () => {
      const largest = Object.values(boxes).reduce((a, b) => (a.width > b.width ? a : b));
      // Decodes the original once; the smaller pictures are made from the largest.
      const base = await decoded((await this.open(path)).resize(into(largest)));
      const { width, height } = await base().metadata();
      const small = await base()
        .resize(inside(PLACEHOLDER_SIDE))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data);
      return {
        pictures: await each(boxes, (box: Box) => base().resize(into(box)).webp(STILL).toBuffer()),
        width,
        height,
        placeholder: Buffer.from(hash).toString('base64'),
      };
    });
  }

  /** PNG pictures of a logo: one that keeps its shape, and squares around it, transparent where it isn't. */
  async logo<Name extends string>(
    path: string,
    field: string,
    mark: { width: number; height: number },
    sides: Record<Name, number>,
  ): Promise<{ mark: Buffer; width: number; height: number; squares: Record<Name, Buffer> }> {
    return this.reading(field, async () => {
      const most = Math.max(...Object.values<number>(sides));
      const base = await decoded((await this.open(path)).resize(inside(most)).ensureAlpha());
      const { data, info } = await base()
        .resize(into({ ...mark, fit: 'inside' }))
        .png()
        .toBuffer({ resolveWithObject: true });
      const squares = await each(sides, (side: number) =>
        base().resize(side, side, { fit: 'contain', background: TRANSPARENT }).png().toBuffer(),
      );
      return { mark: data, width: info.width, height: info.height, squares };
    });
  }

  /** The number of frames; refuses more than the limit. Reads only the headers. */
  async framesOf(path: string, field: string): Promise<number> {
    const { maxFrames, maxAnimationPixels } = LIMITS.media;
    return this.reading(field, async () => {
      const {
        pages = 1,
        width,
        height,
        format,
      } = await sharp(path, { failOn: 'error' }).metadata();
      // Other formats may hold several pictures, which are not frames of an animation.
      if (format !== 'gif' && format !== 'webp') return 1;
      if (pages > maxFrames) throw invalidField(field, 'too-many-frames', { max: maxFrames });
      if (pages > 1 && pages * width * height > maxAnimationPixels)
        throw invalidField(field, 'large-animation');
      return pages;
    });
  }

  /** An animated WebP. Takes minutes: for jobs, not for requests. */
  async animation(path: string, box: Box): Promise<Buffer> {
    return sharp(path, {
      animated: true,
      limitInputPixels: LIMITS.media.maxAnimationPixels,
      failOn: 'error',
    })
      .resize(into(box))
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
        // The refusal would hide internal errors, so libvips's own error is logged.
        this.logger.debug({ err: error }, 'An image was refused');
        throw invalidField(field, 'unreadable-photo');
      }
    });
  }

  /** The first frame, rotated upright; refused by its header if it has too many pixels. */
  private async open(path: string): Promise<Sharp> {
    const { maxPixels } = LIMITS.media;
    const options = { limitInputPixels: maxPixels, failOn: 'error', animated: false } as const;
    const { width, height, format } = await sharp(path, options).metadata();
    const bearable = format === 'heif' ? maxPixels / HEIF_WEIGHT : maxPixels;
    if (width * height > bearable) throw new Error('too many pixels');
    return sharp(path, options).autoOrient();
  }
}

const into = ({ width, height, fit }: Box) =>
  fit === 'cover'
    ? ({ width, height, fit, position: 'attention' } as const)
    : ({ width, height, fit, withoutEnlargement: true } as const);

const inside = (side: number) => into({ width: side, height: side, fit: 'inside' });

/** Only the pixels, in memory, to make several pictures from. */
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
