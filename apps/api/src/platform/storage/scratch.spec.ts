import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { Scratch } from './scratch.js';

const dataDir = mkdtempSync(join(tmpdir(), 'echomate-scratch-'));
const root = join(dataDir, 'scratch');
const scratch = () => new Scratch({ dataDir } as Config);
afterAll(() => rmSync(dataDir, { recursive: true }));

const left = (name: string, ageMs = 0) => {
  mkdirSync(join(root, name, 'work-1'), { recursive: true });
  const then = new Date(Date.now() - ageMs);
  utimesSync(join(root, name), then, then);
};

it('is swept at start of what dead processes left behind, and of nothing else', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  try {
    left(`${hostname()}_${dead.pid}_a`);
    left(`${hostname()}_${child.pid}_b`);
    // A container restarts its process with the same process id.
    left(`${hostname()}_${process.pid}_c`);
    left('another-machine_1_d');
    left('another-machine_1_e', 3600_000);
    left('work-of-earlier-versions', 3600_000);
    const running = scratch();
    await running.within(async (folder) => {
      await scratch().onApplicationBootstrap();
      expect(readdirSync(root).sort()).toEqual(
        [`${hostname()}_${child.pid}_b`, 'another-machine_1_d', folder.split('/').at(-2)!].sort(),
      );
      expect(existsSync(folder)).toBe(true);
    });
    await running.onApplicationShutdown();
  } finally {
    child.kill();
  }
});

it('gives each work a folder that does not outlive it', async () => {
  const room = scratch();
  const folders: string[] = [];
  const work = room.within((folder) => {
    folders.push(folder);
    return Promise.reject(new Error('it went wrong'));
  });
  await expect(work).rejects.toThrow('it went wrong');
  expect(existsSync(folders[0]!)).toBe(false);
  await room.onApplicationShutdown();
});
