import type { Readable } from 'node:stream';

/** The bytes from `first` to `last`, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

/** Stores bytes under names chosen by the program, such as `avatars/<id>/small.webp`. */
export abstract class FileStorage {
  abstract put(name: string, bytes: Buffer | Readable): Promise<void>;
  /** The bytes or a range of them, and the size of the whole file; null if there is no such file. */
  abstract read(
    name: string,
    range?: ByteRange,
  ): Promise<{ size: number; stream: Readable } | null>;
  abstract sizeOf(name: string): Promise<number | null>;
  /** Removes a folder with its contents; it need not exist. */
  abstract removeFolder(folder: string): Promise<void>;
}
