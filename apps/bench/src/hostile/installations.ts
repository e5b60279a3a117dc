import { constants, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { atTheEnd } from '../children.ts';
import type { Installation } from '../installation.ts';
import { dropPostgresDatabase, newPostgresDatabase } from '../database.ts';
import { makeHostileWorld, type HostileWorld } from './world/hostile-world.ts';
import type { Size } from './world/size.ts';

export interface Settled {
  installation: Installation;
  world: HostileWorld;
}

/** An installation with the world in it, gone at the end. */
export async function settleIn(size: Size, kept: string | undefined): Promise<Settled> {
  const server = process.env['DATABASE_URL'] || undefined;
  const dataDir = mkdtempSync(join(tmpdir(), 'echomate-hostile-'));
  atTheEnd(() => rm(dataDir, { recursive: true, force: true }));
  if (!kept) {
    const databaseUrl = server && (await newPostgresDatabase(server));
    if (databaseUrl) atTheEnd(() => dropPostgresDatabase(databaseUrl));
    const installation = { dataDir, databaseUrl };
    return { installation, world: await makeHostileWorld(installation, size) };
  }
  if (server) throw new Error('A world is kept on SQLite only.');
  const folder = resolve(kept);
  const note = join(folder, 'world.json');
  if (!existsSync(note)) {
    mkdirSync(folder, { recursive: true });
    const made = await makeHostileWorld({ dataDir: folder, databaseUrl: undefined }, size);
    await writeFile(note, JSON.stringify(made));
  }
  const world = JSON.parse(await readFile(note, 'utf8')) as HostileWorld;
  if (world.size.people !== size.people || world.size.posts !== size.posts)
    throw new Error(
      `The world in ${folder} has ${world.size.people} people and ${world.size.posts} posts.`,
    );
  cpSync(folder, dataDir, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { installation: { dataDir, databaseUrl: undefined }, world };
}
