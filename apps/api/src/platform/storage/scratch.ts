import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../config/config.js';

const LEFT_OVER_AFTER_MS = 24 * 3600_000;

/** Room on this machine's disk for files that are being received or worked on. */
@Injectable()
export class Scratch implements OnApplicationBootstrap {
  private readonly root: string;

  constructor(config: Config) {
    this.root = join(config.dataDir, 'scratch');
  }

  /** A folder for this work alone; however the work ends, it is gone afterwards. */
  async within<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    await mkdir(this.root, { recursive: true });
    const folder = await mkdtemp(join(this.root, 'work-'));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** What a killed process left behind. Another process may share the folder, so only what is old goes. */
  async onApplicationBootstrap(): Promise<void> {
    const names = await readdir(this.root).catch(() => []);
    for (const name of names) {
      const path = join(this.root, name);
      const found = await stat(path).catch(() => null);
      if (found && found.mtimeMs < Date.now() - LEFT_OVER_AFTER_MS)
        await rm(path, { recursive: true, force: true });
    }
  }
}
