import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Config } from '../config/config.js';

const SIGN_OF_LIFE_EVERY_MS = 30_000;
const GONE_AFTER_MS = 5 * 60_000;

const OURS = `${hostname()}_${process.pid}_`;
/** Folders of this process; tests run several apps in one. */
const alive = new Set<string>();

/**
 * Temporary disk space for files being received or processed. Each process has a folder whose name identifies it:
 * folders of dead processes are removed at the next start, those of running ones stay.
 */
@Injectable()
export class Scratch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly root: string;
  private readonly own = OURS + randomUUID();
  private readonly folder: string;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(config: Config) {
    this.root = join(config.dataDir, 'scratch');
    this.folder = join(this.root, this.own);
  }

  /** Creates a folder for this work and removes it afterwards, however the work ends. */
  async within<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    await this.open();
    const folder = await mkdtemp(join(this.folder, 'work-'));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const name of await readdir(this.root).catch(() => []))
      if (await this.isLeftBehind(name))
        await rm(join(this.root, name), { recursive: true, force: true });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    alive.delete(this.own);
    await rm(this.folder, { recursive: true, force: true });
  }

  private async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    alive.add(this.own);
    this.timer ??= setInterval(() => {
      const now = new Date();
      utimes(this.folder, now, now).catch(() => undefined);
    }, SIGN_OF_LIFE_EVERY_MS).unref();
  }

  /** On this machine the process id can be checked; other machines touch their folders. */
  private async isLeftBehind(name: string): Promise<boolean> {
    if (alive.has(name)) return false;
    const [host, pid] = name.split('_');
    // Containers reuse process ids: if a folder has our id, its previous owner is gone.
    if (host === hostname() && (Number(pid) === process.pid || !isRunning(Number(pid))))
      return true;
    const found = await stat(join(this.root, name)).catch(() => null);
    return found !== null && found.mtimeMs < Date.now() - GONE_AFTER_MS;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
