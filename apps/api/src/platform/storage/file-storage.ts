import type { Readable } from 'node:stream';

/** The bytes from `first` to `last`, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

/** Keeps bytes under names the program chose. Names are paths such as `avatars/<id>/small.webp`. */
export abstract class FileStorage {
  abstract put(name: string, bytes: Buffer | Readable): Promise<void>;
  /** The bytes, or some of them, and how many the whole file has; null if there is none. */
  abstract read(
    name: string,
    range?: ByteRange,
  ): Promise<{ size: number; stream: Readable } | null>;
  abstract sizeOf(name: string): Promise<number | null>;
  /** Removes everything below a folder; nothing there is fine. */
  abstract removeFolder(folder: string): Promise<void>;
}
