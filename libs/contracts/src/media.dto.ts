import { IsOptionalText } from './fields.js';
import { LIMITS } from './limits.js';

export const MEDIA_KINDS = ['image', 'animation', 'video'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** `processing`: the work on the file is not done yet, and only the owner sees it. */
export const MEDIA_STATUSES = ['processing', 'ready', 'failed'] as const;
export type MediaStatus = (typeof MEDIA_STATUSES)[number];

/** URLs of the same picture in several sizes. They never change, and only those who may see the picture get it. */
export class MediaUrls {
  /** A still at most 320 pixels wide and high */
  thumb!: string;
  /** At most 960; of an animation animated, of a video the poster */
  card!: string;
  /** At most 2048; of an animation animated, of a video the poster */
  full!: string;
  /** The video itself as MP4; null for everything else */
  video!: string | null;
}

export class Media {
  id!: string;
  kind!: MediaKind;
  status!: MediaStatus;
  /** Of the full picture, so that a page can reserve the space */
  width!: number;
  height!: number;
  durationMs!: number | null;
  /** A thumbhash, base64: painted until the picture has loaded */
  placeholder!: string;
  /** A description for people who cannot see it */
  alt!: string | null;
  urls!: MediaUrls;
}

export class UpdateMediaRequest {
  /**
   * Empty to remove it
   * @example "Two bees on a sunflower."
   */
  @IsOptionalText(LIMITS.media.alt.maxLength)
  alt!: string | null;
}
