import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { FileStorage } from './file-storage.js';

@Injectable()
export class DiskStorage extends FileStorage {
  private readonly root: string;

  constructor(config: Config) {
    super();
    this.root = join(config.dataDir, 'files');
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    const path = this.pathOf(name);
    await mkdir(dirname(path), { recursive: true });
    // A reader never sees half a file: the name appears when all of it is there.
    const unfinished = `${path}.${randomUUID()}.part`;
    try {
      await writeFile(unfinished, bytes);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async read(name: string) {
    try {
      const file = await open(this.pathOf(name));
      const { size } = await file.stat();
      return { size, stream: file.createReadStream() };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
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
