import type { Readable } from 'node:stream';

/** Keeps bytes under names the program chose. Names are paths such as `avatars/<id>/small.webp`. */
export abstract class FileStorage {
  abstract put(name: string, bytes: Buffer): Promise<void>;
  /** The bytes and their number, or null if there are none. */
  abstract read(name: string): Promise<{ size: number; stream: Readable } | null>;
  /** Removes everything below a folder; nothing there is fine. */
  abstract removeFolder(folder: string): Promise<void>;
}
