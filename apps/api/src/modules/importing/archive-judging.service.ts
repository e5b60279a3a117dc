import { createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { Refusal } from '../../platform/http/problem.js';
import { fileTypeOf, isVideoType, TELLING_BYTES } from '../../platform/images/file-type.js';
import { Images } from '../../platform/images/images.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { Scratch } from '../../platform/storage/scratch.js';
import { Archive, ArchiveRefused } from '../../platform/storage/unzip.js';
import { Videos } from '../../platform/video/videos.js';
import { PostImportsService } from '../posts/post-imports.service.js';
import { ArchiveContents, type ArchivedPost } from './archive-contents.js';

const GB = 1024 ** 3;
const BOUNDS = { maxEntries: 100_000, maxUnpacked: 4 * GB };
const MOST = { groups: 1000, posts: 200_000, followed: 100_000 };
const FIELD = 'file';
/** Decoding one that is small shows that it is a picture. */
const DECODED = { seen: { width: 64, height: 64, fit: 'inside' } } as const;

/** How far the pictures of an archive have been looked at: how many of them, and how large they were. */
export interface SoFar {
  media: number;
  bytes: number;
}
export const NOTHING_YET: SoFar = { media: 0, bytes: 0 };

/** One turn at judging. `hasTime` is asked after each picture: other work wants its turn. */
export interface JudgingTurn {
  soFar: SoFar;
  signal: AbortSignal;
  hasTime(): boolean;
}

/** Looks at a whole archive before anything of it is written. */
@Injectable()
export class ArchiveJudging {
  constructor(
    private readonly storage: FileStorage,
    private readonly scratch: Scratch,
    private readonly images: Images,
    private readonly videos: Videos,
    private readonly posts: PostImportsService,
    private readonly config: Config,
  ) {}

  /** Every reading has its own measure of how much was unpacked. */
  async open(name: string): Promise<ArchiveContents> {
    return ArchiveContents.of(await Archive.open(this.storage, name, BOUNDS));
  }

  /** Throws `ArchiveRefused`; returns what there is to import, or how far it came if there was not enough time. */
  async judge(
    name: string,
    userId: string,
    { soFar, signal, hasTime }: JudgingTurn,
  ): Promise<{ contents: ArchiveContents; total: number; soFar: SoFar | null }> {
    const contents = await this.open(name);
    if (contents.origin.origin === this.config.publicUrl.origin && contents.person.id === userId)
      throw new ArchiveRefused('archive-from-here');
    const profile = await contents.profile();
    const pictures = [profile.avatarId, profile.bannerId].filter((id) => id !== null);
    const [groups, posts] = [new Set<string>(), new Set<string>()];
    for await (const group of contents.groups()) {
      once(groups, group.id, MOST.groups, 'data/groups.json');
      if (group.bannerId) pictures.push(group.bannerId);
    }
    const media = new Set<string>(pictures);
    for await (const post of contents.posts()) {
      signal.throwIfAborted();
      once(posts, post.id, MOST.posts, 'data/posts.json');
      await this.judgePost(contents, post, media);
    }
    let followed = 0;
    for await (const _ of contents.followed())
      if (++followed > MOST.followed) throw new ArchiveRefused('archive-too-large');
    const left = [...media].slice(soFar.media);
    const goesOn = await this.scratch.within(async (folder) => {
      let { bytes } = soFar;
      for (const [index, id] of left.entries()) {
        signal.throwIfAborted();
        const file = contents.fileOf(id);
        // The banner of a group may have been uploaded by whoever ran it before: that file is not theirs to take along.
        if (file) bytes += await this.judgeMedium(contents, file, join(folder, 'medium'));
        else if (!pictures.includes(id)) throw new ArchiveRefused('archive-broken', id);
        if (bytes > BOUNDS.maxUnpacked) throw new ArchiveRefused('archive-too-large');
        const next = soFar.media + index + 1;
        if (next < media.size && !hasTime()) return { media: next, bytes };
      }
      return null;
    });
    return { contents, total: groups.size + posts.size, soFar: goesOn };
  }

  private async judgePost(
    contents: ArchiveContents,
    post: ArchivedPost,
    media: Set<string>,
  ): Promise<void> {
    const file = 'data/posts.json';
    try {
      await this.posts.assertWritable(post);
    } catch (error) {
      throw error instanceof Refusal
        ? new ArchiveRefused('archive-broken', file, { cause: error })
        : error;
    }
    for (const { id, isReady } of post.media) {
      if (media.has(id)) throw new ArchiveRefused('archive-broken', file);
      if (isReady) media.add(id);
      if (isReady && post.media.length > 1 && contents.fileOf(id)?.endsWith('.mp4'))
        throw new ArchiveRefused('archive-broken', file);
    }
    if (post.shared && (post.media.length || post.title))
      throw new ArchiveRefused('archive-broken', file);
  }

  /** Returns how large it is. */
  private async judgeMedium(
    contents: ArchiveContents,
    file: string,
    path: string,
  ): Promise<number> {
    await pipeline(Readable.from(contents.read(file)), createWriteStream(path));
    try {
      const type = fileTypeOf(await startOf(path));
      const isVideo = type !== null && isVideoType(type);
      if (!type || isVideo !== file.endsWith('.mp4'))
        throw new ArchiveRefused('archive-photo', file);
      if (!isVideo) {
        await this.images.framesOf(path, FIELD);
        await this.images.stills(path, FIELD, DECODED);
      } else if (this.videos.areSupported) await this.videos.check(path, type, FIELD);
      return (await stat(path)).size;
    } catch (error) {
      // A place that is busy says nothing about the picture.
      const isAtFault = error instanceof Refusal && error.code === 'invalid-input';
      throw isAtFault ? new ArchiveRefused('archive-photo', file, { cause: error }) : error;
    } finally {
      await rm(path, { force: true });
    }
  }
}

function once(ids: Set<string>, id: string, most: number, file: string): void {
  if (ids.has(id)) throw new ArchiveRefused('archive-broken', file);
  if (ids.add(id).size > most) throw new ArchiveRefused('archive-too-large', file);
}

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TELLING_BYTES), 0, TELLING_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
