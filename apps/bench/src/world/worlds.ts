import { constants } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorldWanted } from '../entry.ts';
import { makeWorld, type World } from './world.ts';

const made = new Map<number, Promise<World>>();
const folders: string[] = [];

/** Made when it is first wanted; entries that only read share it. */
export async function worldOf(posts: number, { isChanged }: WorldWanted): Promise<World> {
  if (!made.has(posts))
    made.set(
      posts,
      newFolder().then((folder) => makeWorld(folder, posts)),
    );
  const world = await made.get(posts)!;
  if (!isChanged) return world;
  const dataDir = await newFolder();
  await cp(world.dataDir, dataDir, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { ...world, dataDir };
}

export async function removeWorlds(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'echomate-bench-world-'));
  folders.push(folder);
  return folder;
}
