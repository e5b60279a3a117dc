import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { Media } from '@echomate/contracts/media.dto';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import { isAbandoned } from '../../platform/http/request-context.js';
import {
  fileTypeOf,
  isVideoType,
  TELLING_BYTES,
  type FileType,
} from '../../platform/images/file-type.js';
import { Images, readsHeic } from '../../platform/images/images.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { Expected } from '../../platform/storage/receive-file.js';
import { Scratch } from '../../platform/storage/scratch.js';
import { Videos } from '../../platform/video/videos.js';
import type { Medium } from './entities/medium.entity.js';
import { ANIMATION_SIDE, MediaFiles, SIDES, type Variant } from './media-files.service.js';
import { PROCESS, type ToProcess } from './media-processing.service.js';
import { toMedia } from './media.mapper.js';
import { MediaRepository } from './media.repository.js';

const FIELD = 'file';
/** One post's pictures and another's; more at once would only fill the disk. */
const AT_ONCE = 8;

/** What an upload turned out to be, with everything that can be made of it at once. */
interface Prepared extends Pick<
  Medium,
  'kind' | 'width' | 'height' | 'durationMs' | 'placeholder'
> {
  variants: Partial<Record<Variant, Buffer>>;
  /** Work that is left for a job, which needs the original */
  left: { job: string; type: FileType } | null;
}

@Injectable()
export class MediaUploads {
  private readonly receiving = new Map<string, number>();

  constructor(
    private readonly repository: MediaRepository,
    private readonly files: MediaFiles,
    private readonly images: Images,
    private readonly videos: Videos,
    private readonly scratch: Scratch,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly config: Config,
  ) {}

  upload(ownerId: string, receive: (expected: Expected) => Promise<unknown>): Promise<Media> {
    return this.countingFor(ownerId, async () => {
      // Whoever has nothing left need not send 200 MB to learn it.
      this.assertRoom(await this.repository.countBytes(this.database, ownerId), 1);
      return this.scratch.within(async (folder) => {
        const path = join(folder, 'upload');
        let type: FileType | null = null;
        await receive({
          field: FIELD,
          path,
          maxBytes: this.videos.areSupported
            ? LIMITS.media.maxVideoBytes
            : LIMITS.media.maxImageBytes,
          tellingBytes: TELLING_BYTES,
          judge: (start) => this.maxBytesOf((type = fileTypeOf(start))),
        });
        const prepared = await this.prepare(path, type!, folder);
        if (isAbandoned()) throw refuse('unavailable', 'The connection was closed.');
        return this.keep(ownerId, prepared, path);
      });
    });
  }

  private maxBytesOf(type: FileType | null): number {
    if (type === 'image/heic' && !readsHeic())
      throw invalidField(
        FIELD,
        'This phone format (HEIC) cannot be read here. Choose JPEG: phones can save or send pictures as JPEG.',
      );
    if (type && isVideoType(type)) {
      if (this.videos.areSupported) return LIMITS.media.maxVideoBytes;
      throw invalidField(
        FIELD,
        'Videos cannot be processed on this server. Pictures and GIFs work.',
      );
    }
    if (type) return LIMITS.media.maxImageBytes;
    const orVideo = this.videos.areSupported ? ', or an MP4, WebM or MOV video' : '';
    throw invalidField(FIELD, `Choose a JPEG, PNG, GIF, WebP or AVIF picture${orVideo}.`);
  }

  private async prepare(path: string, type: FileType, folder: string): Promise<Prepared> {
    if (isVideoType(type)) {
      const { durationMs } = await this.videos.check(path, type, FIELD);
      const poster = join(folder, 'poster.png');
      await this.videos.takePoster(path, type, durationMs, poster, FIELD);
      const { pictures, ...shown } = await this.images.stills(poster, FIELD, SIDES);
      return {
        kind: 'video',
        durationMs,
        ...shown,
        variants: pictures,
        left: { job: PROCESS.video, type },
      };
    }
    if ((await this.images.framesOf(path, FIELD)) > 1) {
      const sides = { thumb: SIDES.thumb, full: ANIMATION_SIDE };
      const { pictures, ...shown } = await this.images.stills(path, FIELD, sides);
      const variants = { thumb: pictures.thumb };
      return {
        kind: 'animation',
        durationMs: null,
        ...shown,
        variants,
        left: { job: PROCESS.animation, type },
      };
    }
    const { pictures, ...shown } = await this.images.stills(path, FIELD, SIDES);
    return { kind: 'image', durationMs: null, ...shown, variants: pictures, left: null };
  }

  /** The row comes first and takes its place in the quota: files without a row would be lost, and free. */
  private async keep(
    ownerId: string,
    { variants, left, ...shown }: Prepared,
    path: string,
  ): Promise<Media> {
    const row: Medium = {
      id: uuid(),
      ownerId,
      ...shown,
      status: 'processing',
      bytes: 0,
      alt: null,
      attachedKind: null,
      attachedId: null,
      position: 0,
      createdAt: new Date().toISOString(),
    };
    const kept = this.files.toKeep(row, variants);
    row.bytes = sizeOf(kept) + (left ? (await stat(path)).size : 0);
    await this.database.transaction(async (transaction) => {
      await locks.mediaOf(transaction, ownerId);
      this.assertRoom(await this.repository.countBytes(transaction, ownerId), row.bytes);
      await this.repository.insert(transaction, row);
    });
    try {
      await this.files.put(row.id, kept);
      if (left) await this.files.putOriginal(row.id, createReadStream(path));
      await this.database.transaction(async (transaction) => {
        if (left) await this.enqueue(transaction, left.job, { id: row.id, type: left.type });
        else await this.repository.settle(transaction, row.id, { status: 'ready' });
      });
    } catch (error) {
      await this.database.transaction(async (transaction) => {
        await this.repository.delete(transaction, row.id);
        await this.files.removeLater(transaction, [row.id]);
      });
      throw error;
    }
    return toMedia({ ...row, status: left ? 'processing' : 'ready' });
  }

  private enqueue(transaction: Transaction, job: string, payload: ToProcess): Promise<void> {
    return this.jobs.enqueue(transaction, job, payload);
  }

  private assertRoom(used: number, more: number): void {
    const { mediaQuotaBytes } = this.config;
    if (used + more <= mediaQuotaBytes) return;
    const room = `${Math.round(mediaQuotaBytes / 1024 / 1024)} MB`;
    throw invalidField(
      FIELD,
      `Your pictures and videos fill the ${room} you have here. Delete some to make room.`,
    );
  }

  private async countingFor<Result>(ownerId: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.receiving.get(ownerId) ?? 0;
    if (running >= AT_ONCE)
      throw refuse('too-many-requests', `Upload up to ${AT_ONCE} files at once.`);
    this.receiving.set(ownerId, running + 1);
    try {
      return await work();
    } finally {
      const left = this.receiving.get(ownerId)! - 1;
      if (left) this.receiving.set(ownerId, left);
      else this.receiving.delete(ownerId);
    }
  }
}

const sizeOf = (variants: Partial<Record<Variant, Buffer>>) =>
  Object.values(variants).reduce((sum, { length }) => sum + length, 0);
