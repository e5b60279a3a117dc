import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Logger } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { Config } from '../config/config.js';
import { BoundedWork } from '../http/bounded-work.js';
import { invalidField, Refusal } from '../http/problem.js';
import type { VideoType } from '../images/file-type.js';
import { readingOnly, run, THREADS } from './ffmpeg.js';

const SECONDS = { toAsk: 10, toProbe: 20, toTakePoster: 30, toRender: 1800 };
/** 4K, landscape or portrait. */
const MAX_PIXELS = 4096 * 2304;
const MAX_SIDE = 1280;
const MAX_FRAMES_PER_SECOND = 30;

interface Probe {
  streams: {
    codec_type?: string;
    width?: number;
    height?: number;
    disposition?: { attached_pic?: number };
  }[];
  format: { duration?: string };
}

/** Square pixels, even sides of at most MAX_SIDE: what every player shows. */
const SCALED = [
  `scale='min(8192,max(2,trunc(iw*sar/2)*2))':'max(2,trunc(ih/2)*2)'`,
  'setsar=1',
  `scale='min(${MAX_SIDE},iw)':'min(${MAX_SIDE},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2`,
  'setsar=1',
].join(',');

const QUIET = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-max_alloc', '268435456'];
const NOTHING_ELSE = ['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];

/** Processes videos, if the machine has ffmpeg. Everything is re-encoded; nothing is copied from the upload. */
export class Videos {
  private readonly logger = new Logger(Videos.name);
  private readonly work = new BoundedWork(1, 10);
  private constructor(
    private readonly ffmpeg: string,
    private readonly ffprobe: string,
    readonly areSupported: boolean,
  ) {}

  /** Checks once, at start, what the machine can do. */
  static async lookFor(config: Config): Promise<Videos> {
    const ffmpeg = config.ffmpegPath;
    const ffprobe = ffmpeg.includes('/') ? join(dirname(ffmpeg), 'ffprobe') : 'ffprobe';
    const limits = { seconds: SECONDS.toAsk };
    const encoders = await Promise.all([
      run(ffmpeg, ['-hide_banner', '-encoders'], limits),
      run(ffprobe, ['-version'], limits),
    ]).then(
      ([listed]) => listed,
      () => '',
    );
    const videos = new Videos(
      ffmpeg,
      ffprobe,
      /\blibx264\b/.test(encoders) && /\baac\b/.test(encoders),
    );
    if (!videos.areSupported)
      videos.logger.log('No ffmpeg with H.264 and AAC was found: videos are refused');
    return videos;
  }

  /** Refuses what is no video or exceeds a limit. The length is what the file claims; null if it claims none. */
  async check(
    path: string,
    type: VideoType,
    field: string,
  ): Promise<{ durationMs: number | null }> {
    const probe = await this.reading(field, () => this.probe(path, type));
    const stream = probe.streams.find(
      ({ codec_type, disposition }) => codec_type === 'video' && !disposition?.attached_pic,
    );
    if (!stream?.width || !stream.height) throw invalidField(field, 'no-video-in-file');
    if (stream.width * stream.height > MAX_PIXELS) throw invalidField(field, 'large-video');
    const durationMs = millisecondsOf(probe);
    if (durationMs !== null && isTooLong(durationMs))
      throw invalidField(field, 'long-video', { max: LIMITS.media.maxVideoSeconds / 60 });
    return { durationMs };
  }

  /** A frame near the beginning (the first is often black), as PNG at the size of the rendition. */
  async takePoster(
    path: string,
    type: VideoType,
    durationMs: number | null,
    to: string,
    field: string,
  ): Promise<void> {
    const at = Math.min(1, (durationMs ?? 0) / 3000);
    await this.reading(field, async () => {
      for (const second of [at, 0]) {
        await run(
          this.ffmpeg,
          [
            ...QUIET,
            ...['-threads', THREADS, '-max_pixels', String(MAX_PIXELS), '-ss', String(second)],
            ...readingOnly(type),
            ...['-i', path, '-map', '0:V:0', '-an', ...NOTHING_ELSE],
            ...[
              '-vf',
              SCALED,
              '-frames:v',
              '1',
              '-pix_fmt',
              'rgb24',
              '-f',
              'image2',
              '-update',
              '1',
            ],
            to,
          ],
          { seconds: SECONDS.toTakePoster },
        );
        if (await exists(to)) return;
      }
      throw new Error('no frame could be read');
    });
  }

  /** An MP4 that every browser can play while loading. Takes minutes: for jobs, not for requests. */
  async render(
    path: string,
    type: VideoType,
    to: string,
    signal: AbortSignal,
  ): Promise<{ durationMs: number | null }> {
    await run(
      this.ffmpeg,
      [
        ...QUIET,
        ...['-threads', THREADS, '-max_pixels', String(MAX_PIXELS)],
        ...readingOnly(type),
        ...['-i', path, '-map', '0:V:0', '-map', '0:a:0?', ...NOTHING_ELSE],
        // A little more than allowed, so that a video longer than it claims is noticed.
        ...['-t', String(LIMITS.media.maxVideoSeconds + 2)],
        ...['-vf', `fps='min(${MAX_FRAMES_PER_SECOND},source_fps)',${SCALED}`],
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-profile:v', 'high'],
        ...['-maxrate', '4M', '-bufsize', '8M', '-pix_fmt', 'yuv420p'],
        ...['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '48000'],
        ...[
          '-threads',
          THREADS,
          '-fflags',
          '+bitexact',
          '-movflags',
          '+faststart',
          '-f',
          'mp4',
          to,
        ],
      ],
      { seconds: SECONDS.toRender, signal },
    );
    const durationMs = millisecondsOf(await this.probe(to, 'video/mp4'));
    if (durationMs !== null && isTooLong(durationMs)) throw new Error('longer than it claimed');
    return { durationMs };
  }

  private async probe(path: string, type: VideoType): Promise<Probe> {
    const entries =
      'stream=codec_type,width,height:stream_disposition=attached_pic:format=duration';
    const output = await run(
      this.ffprobe,
      [
        '-v',
        'error',
        ...readingOnly(type),
        '-print_format',
        'json',
        '-show_entries',
        entries,
        path,
      ],
      { seconds: SECONDS.toProbe },
    );
    return JSON.parse(output) as Probe;
  }

  private reading<Result>(field: string, work: () => Promise<Result>): Promise<Result> {
    return this.work.run(async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refusal) throw error;
        this.logger.debug({ err: error }, 'A video was refused');
        throw invalidField(field, 'unreadable-video');
      }
    });
  }
}

/** A file that claims three minutes may last a moment longer. */
const isTooLong = (durationMs: number) => durationMs > LIMITS.media.maxVideoSeconds * 1000 + 1000;

function millisecondsOf({ format }: Probe): number | null {
  const seconds = Number(format.duration);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : null;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
