import { spawn } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';
import type { VideoType } from '../images/file-type.js';

const MAX_OUTPUT_CHARACTERS = 200_000;

export interface RunLimits {
  seconds: number;
  signal?: AbortSignal;
}

export const THREADS = String(Math.max(1, availableParallelism() - 1));

/** Fixed by the file type: if ffmpeg guessed, it would also follow playlists to other files. */
const DEMUXERS: Record<VideoType, string> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/webm': 'matroska',
};

/** The codecs of cameras, phones, editors and browsers; ffmpeg's hundreds of other decoders are not used. */
const DECODERS = [
  ...['h264', 'hevc', 'av1', 'libdav1d', 'libaom-av1', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9'],
  ...['mpeg4', 'mjpeg', 'prores'],
  ...['aac', 'mp3', 'mp3float', 'opus', 'libopus', 'vorbis', 'libvorbis', 'flac', 'alac'],
  ...['pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_f32le'],
];

/** Arguments before the input, for ffmpeg as well as ffprobe. */
export const readingOnly = (type: VideoType): string[] => [
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', DEMUXERS[type]],
  ...['-codec_whitelist', DECODERS.join(',')],
  ...['-f', DEMUXERS[type]],
];

/** Runs a program with fixed arguments and without a shell; returns its output. */
export function run(
  program: string,
  args: string[],
  { seconds, signal }: RunLimits,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      // Not the server's environment, which contains its secrets.
      env: {
        PATH: process.env['PATH'],
        LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'],
      },
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
      signal,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < MAX_OUTPUT_CHARACTERS) output += text;
    });
    child.on('spawn', () => {
      try {
        setPriority(child.pid!, constants.priority.PRIORITY_BELOW_NORMAL);
      } catch {
        // It has ended already, or the platform has no priorities.
      }
    });
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended with ${killedBy ?? code}`));
    });
  });
}
