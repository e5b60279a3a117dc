import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { MediaUrls } from '@echomate/contracts/media.dto';
import type { Transaction } from '../../platform/database/statements.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { Box } from '../../platform/images/images.js';
import type { FileToAnswer } from '../../platform/storage/file-answer.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { Purpose } from './entities/medium.entity.js';
import type { MediumRow } from './media.mapper.js';

export type Variant = keyof MediaUrls | 'small' | 'large';

const within = (side: number): Box => ({ width: side, height: side, fit: 'inside' });
const filled = (width: number, height: number): Box => ({ width, height, fit: 'cover' });

const CARD_SIDE = 960;

/** The sizes of the pictures made of an upload, by purpose; avatars and banners have double size for dense screens. */
export const BOXES = {
  attachment: { thumb: within(320), card: within(CARD_SIDE), full: within(2048) },
  avatar: { small: filled(128, 128), large: filled(640, 640) },
  banner: { large: filled(1500, 500) },
} satisfies Record<Purpose, Partial<Record<Variant, Box>>>;

/** Every frame of an animation is encoded, so one light rendition serves as card and as full picture. */
export const ANIMATION_BOX = within(CARD_SIDE);

type Size = Pick<MediumRow, 'width' | 'height'>;
type Filed = Pick<MediumRow, 'id' | 'purpose'>;

export const REMOVE_FILES = 'media.remove-files';
export const REMOVE_ORIGINAL = 'media.remove-original';

export interface ToRemove {
  purpose: Purpose;
  ids: string[];
}

/** The files of media: the variants, and the originals, which are kept only until processing ends. */
@Injectable()
export class MediaFiles {
  constructor(
    readonly storage: FileStorage,
    private readonly jobs: Jobs,
  ) {}

  /** Null if it has no such variant, or not yet. */
  find(row: MediumRow, variant: Variant): FileToAnswer | null {
    if (row.status === 'failed') return null;
    if (variant === 'video') {
      if (row.kind !== 'video' || row.status !== 'ready') return null;
      return { name: nameOf(row, 'video'), type: 'video/mp4', tag: `${row.id}-video` };
    }
    if (!Object.hasOwn(BOXES[row.purpose], variant)) return null;
    if (row.kind === 'animation' && row.status !== 'ready' && variant !== 'thumb') return null;
    const kept = variant === 'card' && isCardEnough(row) ? 'full' : variant;
    return { name: nameOf(row, kept), type: 'image/webp', tag: `${row.id}-${kept}` };
  }

  /** No card if it would be no smaller than the full picture. */
  toKeep<Kept extends Partial<Record<Variant, Buffer>>>(row: Size, { card, ...others }: Kept) {
    return isCardEnough(row) || !card ? others : { ...others, card };
  }

  async put(row: Filed, variants: Partial<Record<Variant, Buffer>>): Promise<void> {
    for (const [variant, bytes] of Object.entries(variants))
      await this.storage.put(nameOf(row, variant as Variant), bytes);
  }

  async bytesOf(row: Filed, variant: Variant): Promise<number> {
    return (await this.storage.sizeOf(nameOf(row, variant))) ?? 0;
  }

  putVideo(row: Filed, bytes: Readable): Promise<void> {
    return this.storage.put(nameOf(row, 'video'), bytes);
  }

  putOriginal(id: string, bytes: Readable): Promise<void> {
    return this.storage.put(`${originalOf(id)}/upload`, bytes);
  }

  readOriginal(id: string): Promise<{ stream: Readable } | null> {
    return this.storage.read(`${originalOf(id)}/upload`);
  }

  /** Part of the transaction that deletes the rows. */
  async removeLater(transaction: Transaction, ids: string[], purpose: Purpose): Promise<void> {
    const payload: ToRemove = { purpose, ids };
    if (ids.length) await this.jobs.enqueue(transaction, REMOVE_FILES, payload);
  }

  removeOriginalLater(transaction: Transaction, id: string): Promise<void> {
    return this.jobs.enqueue(transaction, REMOVE_ORIGINAL, { id });
  }

  async removeOriginal(id: string): Promise<void> {
    await this.storage.removeFolder(originalOf(id));
  }

  async remove(row: Filed): Promise<void> {
    await this.removeOriginal(row.id);
    await this.storage.removeFolder(folderOf(row));
  }
}

const isCardEnough = ({ width, height }: Size) => Math.max(width, height) <= CARD_SIDE;

// The last digits of an id are random, so no folder grows too large. Avatars and banners keep the paths they had before
// they became media, so that an installation can upgrade and downgrade without moving files.
const folderOf = ({ id, purpose }: Filed) =>
  purpose === 'attachment' ? `media/${id.slice(-2)}/${id}` : `${purpose}s/${id}`;
const originalOf = (id: string) => `media-originals/${id.slice(-2)}/${id}`;
const nameOf = (row: Filed, variant: Variant) =>
  `${folderOf(row)}/${variant}.${variant === 'video' ? 'mp4' : 'webp'}`;
