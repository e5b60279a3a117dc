import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { MediaUrls } from '@echomate/contracts/media.dto';
import type { Transaction } from '../../platform/database/statements.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { FileToAnswer } from '../../platform/storage/file-answer.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { MediumRow } from './media.mapper.js';

export type Variant = keyof MediaUrls;

/** How wide and high each picture may be. */
export const SIDES = { thumb: 320, card: 960, full: 2048 };
/** Every frame of an animation is encoded, so one light rendition serves as card and as full picture. */
export const ANIMATION_SIDE = SIDES.card;

type Size = Pick<MediumRow, 'width' | 'height'>;

export const REMOVE_FILES = 'media.remove-files';
export const REMOVE_ORIGINAL = 'media.remove-original';

/** The files of media: variants that are shown, and originals, kept only while work on them is left. */
@Injectable()
export class MediaFiles {
  constructor(
    readonly storage: FileStorage,
    private readonly jobs: Jobs,
  ) {}

  /** Null if there is no such variant of it, or none yet. */
  find(row: MediumRow, variant: Variant): FileToAnswer | null {
    if (row.status === 'failed') return null;
    if (variant === 'video') {
      if (row.kind !== 'video' || row.status !== 'ready') return null;
      return { name: nameOf(row.id, 'video'), type: 'video/mp4', tag: `${row.id}-video` };
    }
    if (!Object.hasOwn(SIDES, variant)) return null;
    if (row.kind === 'animation' && row.status !== 'ready' && variant !== 'thumb') return null;
    const kept = variant === 'card' && isCardEnough(row) ? 'full' : variant;
    return { name: nameOf(row.id, kept), type: 'image/webp', tag: `${row.id}-${kept}` };
  }

  /** A card that would be no smaller than the full picture is that picture. */
  toKeep<Kept extends Partial<Record<Variant, Buffer>>>(row: Size, { card, ...others }: Kept) {
    return isCardEnough(row) || !card ? others : { ...others, card };
  }

  async put(id: string, variants: Partial<Record<Variant, Buffer>>): Promise<void> {
    for (const [variant, bytes] of Object.entries(variants))
      await this.storage.put(nameOf(id, variant as Variant), bytes);
  }

  async bytesOf(id: string, variant: Variant): Promise<number> {
    return (await this.storage.sizeOf(nameOf(id, variant))) ?? 0;
  }

  putVideo(id: string, bytes: Readable): Promise<void> {
    return this.storage.put(nameOf(id, 'video'), bytes);
  }

  putOriginal(id: string, bytes: Readable): Promise<void> {
    return this.storage.put(`${originalOf(id)}/upload`, bytes);
  }

  readOriginal(id: string): Promise<{ stream: Readable } | null> {
    return this.storage.read(`${originalOf(id)}/upload`);
  }

  /** Part of the transaction in which they cease to exist. */
  async removeLater(transaction: Transaction, ids: string[]): Promise<void> {
    if (ids.length) await this.jobs.enqueue(transaction, REMOVE_FILES, { ids });
  }

  removeOriginalLater(transaction: Transaction, id: string): Promise<void> {
    return this.jobs.enqueue(transaction, REMOVE_ORIGINAL, { id });
  }

  async removeOriginal(id: string): Promise<void> {
    await this.storage.removeFolder(originalOf(id));
  }

  async remove(id: string): Promise<void> {
    await this.removeOriginal(id);
    await this.storage.removeFolder(folderOf(id));
  }
}

const isCardEnough = ({ width, height }: Size) => Math.max(width, height) <= SIDES.card;

// The last digits of an id are random: a folder of folders that no tool chokes on.
const folderOf = (id: string) => `media/${id.slice(-2)}/${id}`;
const originalOf = (id: string) => `media-originals/${id.slice(-2)}/${id}`;
const nameOf = (id: string, variant: Variant) =>
  `${folderOf(id)}/${variant}.${variant === 'video' ? 'mp4' : 'webp'}`;
