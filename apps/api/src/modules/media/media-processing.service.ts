import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { Database } from '../../platform/database/database.service.js';
import { isVideoType, type FileType } from '../../platform/images/file-type.js';
import { Images } from '../../platform/images/images.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { Scratch } from '../../platform/storage/scratch.js';
import { Videos } from '../../platform/video/videos.js';
import type { Medium } from './entities/medium.entity.js';
import {
  ANIMATION_BOX,
  MediaFiles,
  REMOVE_FILES,
  REMOVE_ORIGINAL,
  type ToRemove,
} from './media-files.service.js';
import { MediaRepository } from './media.repository.js';

/** The jobs that process originals; a node without ffmpeg takes no videos. */
export const PROCESS = {
  animation: 'media.process-animation',
  video: 'media.process-video',
} as const;

export interface ToProcess {
  id: string;
  type: FileType;
}

type Made = Pick<Medium, 'bytes'> & Partial<Pick<Medium, 'durationMs'>>;

/** A file that ended the process this often is at fault itself. */
const MAX_ATTEMPTS = 4;
const EXPIRE_EVERY_SECONDS = 600;

/** Work on uploads that happens outside requests. */
@Injectable()
export class MediaProcessing implements OnModuleInit {
  private readonly logger = new Logger(MediaProcessing.name);

  constructor(
    private readonly repository: MediaRepository,
    private readonly files: MediaFiles,
    private readonly images: Images,
    private readonly videos: Videos,
    private readonly scratch: Scratch,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleHeavy<ToProcess>(PROCESS.animation, (job, run) =>
      this.process(job, run, (original) => this.animate(job, original)),
    );
    if (this.videos.areSupported)
      this.jobs.handleHeavy<ToProcess>(PROCESS.video, (job, run) =>
        this.process(job, run, (original, folder) => this.render(job, original, folder, run)),
      );
    this.jobs.handle<ToRemove>(REMOVE_FILES, async ({ purpose, ids }) => {
      for (const id of ids) await this.files.remove({ id, purpose });
    });
    this.jobs.handle<{ id: string }>(REMOVE_ORIGINAL, ({ id }) => this.files.removeOriginal(id));
    this.jobs.handleEvery('media.expire', EXPIRE_EVERY_SECONDS, () => this.expire());
  }

  /** Removes uploads that were never attached or never finished. */
  async expire(): Promise<void> {
    const before = new Date(Date.now() - LIMITS.media.unattachedHours * 3600_000).toISOString();
    await this.database.inBatches(async (transaction, limit) => {
      const gone = await this.repository.deleteUnused(transaction, before, limit);
      const attachments = gone.filter(({ purpose }) => purpose === 'attachment');
      const ids = attachments.map(({ id }) => id);
      await this.files.removeLater(transaction, ids, 'attachment');
      for (const { id, purpose } of gone)
        if (purpose !== 'attachment') await this.files.removeLater(transaction, [id], purpose);
      return gone.length;
    });
  }

  private async process(
    { id }: ToProcess,
    { attempt, signal, commit }: JobRun,
    make: (original: string, folder: string) => Promise<() => Promise<Made>>,
  ): Promise<void> {
    if (!(await this.repository.isProcessing(id))) {
      // A process may have died when it had written files, and the upload been deleted since.
      if (attempt > 1 && !(await this.repository.exists(id)))
        await commit((transaction) => this.files.removeLater(transaction, [id], 'attachment'));
      return;
    }
    const made = await this.scratch.within(async (folder) => {
      const original = join(folder, 'original');
      const kept = await this.files.readOriginal(id);
      if (!kept || attempt > MAX_ATTEMPTS) return null;
      await pipeline(kept.stream, createWriteStream(original));
      let store: () => Promise<Made>;
      try {
        store = await make(original, folder);
      } catch (error) {
        // Interrupted by a shutdown, which says nothing about the file; another run will finish it.
        if (signal.aborted) throw error;
        this.logger.warn({ err: error, medium: id }, 'An upload could not be processed');
        return null;
      }
      // An error from here on is not caused by the file either.
      return store();
    });
    await commit(async (transaction) => {
      const isThere = await this.repository.settle(
        transaction,
        id,
        made ? { status: 'ready', ...made } : { status: 'failed', bytes: 0 },
      );
      // If it was deleted meanwhile, its files may have been written after their removal.
      if (made && isThere) await this.files.removeOriginalLater(transaction, id);
      else await this.files.removeLater(transaction, [id], 'attachment');
    });
  }

  private async animate({ id }: ToProcess, original: string): Promise<() => Promise<Made>> {
    const full = await this.images.animation(original, ANIMATION_BOX);
    const row = { id, purpose: 'attachment' } as const;
    return async () => {
      await this.files.put(row, { full });
      return { bytes: full.length + (await this.files.bytesOf(row, 'thumb')) };
    };
  }

  private async render(
    { id, type }: ToProcess,
    original: string,
    folder: string,
    { signal }: JobRun,
  ): Promise<() => Promise<Made>> {
    if (!isVideoType(type)) throw new Error(`${type} is no video`);
    const path = join(folder, 'video.mp4');
    const { durationMs } = await this.videos.render(original, type, path, signal);
    const row = { id, purpose: 'attachment' } as const;
    return async () => {
      await this.files.putVideo(row, createReadStream(path));
      const { size } = await stat(path);
      const posters = await Promise.all(
        (['thumb', 'card', 'full'] as const).map((variant) => this.files.bytesOf(row, variant)),
      );
      return { bytes: posters.reduce((sum, bytes) => sum + bytes, size), durationMs };
    };
  }
}
