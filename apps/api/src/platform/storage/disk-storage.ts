import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { FileStorage, type ByteRange } from './file-storage.js';

@Injectable()
export class DiskStorage extends FileStorage {
  private readonly root: string;

  constructor(config: Config) {
    super();
    this.root = join(config.dataDir, 'files');
  }

  async put(name: string, bytes: Buffer | Readable): Promise<void> {
    const path = this.pathOf(name);
    await mkdir(dirname(path), { recursive: true });
    // Readers never see an incomplete file: it gets its name when it is complete.
    const unfinished = `${path}.${randomUUID()}.part`;
    try {
      await writeFile(unfinished, bytes);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async read(name: string, range?: ByteRange) {
    return orAbsent(async () => {
      const file = await open(this.pathOf(name));
      const { size } = await file.stat();
      const stream = file.createReadStream(range && { start: range.first, end: range.last });
      return { size, stream };
    });
  }

  async sizeOf(name: string): Promise<number | null> {
    return orAbsent(async () => (await stat(this.pathOf(name))).size);
  }

  async removeFolder(folder: string): Promise<void> {
    await rm(this.pathOf(folder), { recursive: true, force: true });
  }

  private pathOf(name: string): string {
    const path = resolve(this.root, name);
    if (!path.startsWith(this.root + sep)) throw new Error(`${name} leads out of the storage`);
    return path;
  }
}

async function orAbsent<Found>(find: () => Promise<Found>): Promise<Found | null> {
  try {
    return await find();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
