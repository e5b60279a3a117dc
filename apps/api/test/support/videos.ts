import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Machines without ffmpeg refuse videos, and the tests then expect that. */
export const hasFfmpeg =
  spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0;

interface Video {
  seconds?: number;
  size?: string;
  format?: 'mp4' | 'mov' | 'webm';
  /** More arguments of ffmpeg, before the output */
  more?: string[];
}

/** A short test card with a tone, and with metadata that must not survive. */
export function videoFile({
  seconds = 2,
  size = '320x180',
  format = 'mp4',
  more = [],
}: Video = {}): Buffer {
  const codecs =
    format === 'webm'
      ? ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus']
      : ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'];
  return inFolder((folder) => {
    const path = join(folder, `video.${format}`);
    execFileSync('ffmpeg', [
      ...['-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc=size=${size}:rate=10`],
      ...['-f', 'lavfi', '-i', 'sine=frequency=440', '-t', String(seconds), ...codecs],
      ...['-pix_fmt', 'yuv420p', '-metadata', 'title=SECRET TITLE'],
      ...['-metadata', 'location=+52.5200+013.4050/', ...more, path],
    ]);
    return readFileSync(path);
  });
}

/** The same video as a phone stores it that was held upright: a note says to turn it by a quarter. */
export function turned(mp4: Buffer): Buffer {
  const matrix = mp4.indexOf('tkhd') + 4 + 40;
  const quarter = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000];
  const bytes = Buffer.from(mp4);
  quarter.forEach((value, index) => bytes.writeInt32BE(value, matrix + index * 4));
  return bytes;
}

interface Probed {
  streams: {
    codec_type: string;
    codec_name: string;
    width?: number;
    height?: number;
    pix_fmt?: string;
  }[];
  format: { duration: string; tags?: Record<string, string> };
}

/** What ffprobe says of a video. */
export const probed = (bytes: Buffer): Probed =>
  inFolder((folder) => {
    const path = join(folder, 'video');
    writeFileSync(path, bytes);
    const args = ['-v', 'error', '-show_streams', '-show_format', '-print_format', 'json', path];
    return JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' })) as Probed;
  });

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'echomate-video-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
