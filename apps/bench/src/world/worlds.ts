import { constants } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropPostgresDatabase, newPostgresDatabase } from '../database.ts';
import type { WorldWanted } from '../entry.ts';
import type { Installation } from '../installation.ts';
import { indexTexts } from './index-texts.ts';
import { makeWorld, type World } from './world.ts';

const made = new Map<number, Promise<World>>();
const indexed = new Set<number>();
const installations: Installation[] = [];

/** Made when it is first wanted; entries that only read share it. On PostgreSQL in databases beside the given one. */
export async function worldOf(
  posts: number,
  { isChanged, isIndexed }: WorldWanted,
  server: string | undefined,
): Promise<World> {
  if (!made.has(posts))
    made.set(
      posts,
      newInstallation(server).then((installation) => makeWorld(installation, posts)),
    );
  const world = await made.get(posts)!;
  if (isIndexed && !indexed.has(posts)) {
    await indexTexts(world.installation);
    indexed.add(posts);
  }
  if (!isChanged) return world;
  const copy = await newInstallation(server, world.installation.databaseUrl);
  await cp(world.installation.dataDir, copy.dataDir, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
  });
  return { ...world, installation: copy };
}

export async function removeWorlds(): Promise<void> {
  for (const { dataDir, databaseUrl } of installations.splice(0)) {
    await rm(dataDir, { recursive: true, force: true });
    if (databaseUrl) await dropPostgresDatabase(databaseUrl);
  }
}

async function newInstallation(server: string | undefined, copied?: string): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'echomate-bench-world-'));
  const databaseUrl = server && (await newPostgresDatabase(server, copied));
  const installation = { dataDir, databaseUrl };
  installations.push(installation);
  return installation;
}
