import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { Media } from '@echomate/contracts/media.dto';
import { invalidField, refuse } from '../../platform/http/problem.js';
import {
  fileTypeOf,
  isVideoType,
  TELLING_BYTES,
  type FileType,
} from '../../platform/images/file-type.js';
import { Images, readsHeic } from '../../platform/images/images.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Videos } from '../../platform/video/videos.js';
import { ANIMATION_BOX, BOXES } from './media-files.service.js';
import { PROCESS, type ToProcess } from './media-processing.service.js';
import { FIELD, MediaReceiving, type Prepared, type Receive } from './media-receiving.service.js';
import { toMedia } from './media.mapper.js';
import { MediaRepository } from './media.repository.js';

const { thumb } = BOXES.attachment;

interface PreparedUpload extends Prepared {
  /** The job that has to process the original, if any */
  left: { job: string; type: FileType } | null;
}

/** Uploads that are attached to something later. */
@Injectable()
export class MediaUploads {
  constructor(
    private readonly receiving: MediaReceiving,
    private readonly repository: MediaRepository,
    private readonly images: Images,
    private readonly videos: Videos,
    private readonly jobs: Jobs,
  ) {}

  upload(ownerId: string, receive: Receive): Promise<Media> {
    let type: FileType | null = null;
    const expected = {
      field: FIELD,
      maxBytes: this.videos.areSupported ? LIMITS.media.maxVideoBytes : LIMITS.media.maxImageBytes,
      tellingBytes: TELLING_BYTES,
      judge: (start: Buffer) => this.maxBytesOf((type = fileTypeOf(start))),
    };
    return this.receiving.receive(
      { ownerId, purpose: 'attachment' },
      expected,
      receive,
      (path, folder) => this.prepare(path, type!, folder),
      (prepared, path) => this.keep(ownerId, prepared, path),
    );
  }

  private maxBytesOf(type: FileType | null): number {
    if (type === 'image/heic' && !readsHeic()) throw invalidField(FIELD, 'no-heic');
    if (type && isVideoType(type)) {
      if (this.videos.areSupported) return LIMITS.media.maxVideoBytes;
      throw invalidField(FIELD, 'no-videos');
    }
    if (type) return LIMITS.media.maxImageBytes;
    throw invalidField(FIELD, this.videos.areSupported ? 'not-a-photo-or-video' : 'not-a-photo');
  }

  private async prepare(path: string, type: FileType, folder: string): Promise<PreparedUpload> {
    if (isVideoType(type)) {
      const { durationMs } = await this.videos.check(path, type, FIELD);
      const poster = join(folder, 'poster.png');
      await this.videos.takePoster(path, type, durationMs, poster, FIELD);
      const { pictures, ...shown } = await this.images.stills(poster, FIELD, BOXES.attachment);
      return {
        kind: 'video',
        durationMs,
        ...shown,
        variants: pictures,
        left: { job: PROCESS.video, type },
      };
    }
    if ((await this.images.framesOf(path, FIELD)) > 1) {
      const boxes = { thumb, full: ANIMATION_BOX };
      const { pictures, ...shown } = await this.images.stills(path, FIELD, boxes);
      const variants = { thumb: pictures.thumb };
      return {
        kind: 'animation',
        durationMs: null,
        ...shown,
        variants,
        left: { job: PROCESS.animation, type },
      };
    }
    const { pictures, ...shown } = await this.images.stills(path, FIELD, BOXES.attachment);
    return { kind: 'image', durationMs: null, ...shown, variants: pictures, left: null };
  }

  private keep(
    ownerId: string,
    { left, ...prepared }: PreparedUpload,
    path: string,
  ): Promise<Media> {
    return this.receiving.keep({ ownerId, purpose: 'attachment' }, prepared, {
      original: left ? path : undefined,
      finish: async (transaction, row) => {
        const status = left ? 'processing' : 'ready';
        // Gone with the account: then its files go too.
        if (!(await this.repository.settle(transaction, row.id, { status })))
          throw refuse('not-signed-in');
        if (left) {
          const payload: ToProcess = { id: row.id, type: left.type };
          await this.jobs.enqueue(transaction, left.job, payload);
        }
        return toMedia({ ...row, status });
      },
    });
  }
}
