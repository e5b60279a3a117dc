import { IsOptionalText } from './fields.js';
import { LIMITS } from './limits.js';

export const MEDIA_KINDS = ['image', 'animation', 'video'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** `processing`: the heavy work is not done yet, and only the owner sees anything of it. */
export const MEDIA_STATUSES = ['processing', 'ready', 'failed'] as const;
export type MediaStatus = (typeof MEDIA_STATUSES)[number];

/** Addresses of the same picture in several sizes. They never change and answer only those who may see it. */
export class MediaUrls {
  /** A still at most 320 pixels wide and high */
  thumb!: string;
  /** At most 960; an animation moves, of a video it is the poster */
  card!: string;
  /** At most 2048; an animation moves, of a video it is the poster */
  full!: string;
  /** The video itself as MP4; null for everything else */
  video!: string | null;
}

export class Media {
  id!: string;
  kind!: MediaKind;
  status!: MediaStatus;
  /** Of the full picture, so that a page can keep its place free */
  width!: number;
  height!: number;
  durationMs!: number | null;
  /** A thumbhash, base64: what to paint until the picture is there */
  placeholder!: string;
  /** What is to be seen, for those who do not see it */
  alt!: string | null;
  urls!: MediaUrls;
}

export class UpdateMediaRequest {
  /**
   * Empty to remove it
   * @example "Two bees on a sunflower."
   */
  @IsOptionalText('the description', LIMITS.media.alt.maxLength)
  alt!: string | null;
}
