import { startApi } from '../api-server.ts';
import { openWriter, withDatabase } from '../database.ts';
import type { Installation } from '../installation.ts';
import { openAccount, type Person } from '../people.ts';
import { Chance } from './chance.ts';
import { DAY, gatherPeople } from './people.ts';
import { writePosts, type Samples } from './posts.ts';

export interface World extends Samples {
  installation: Installation;
  posts: number;
  few: Person;
  many: Person;
  writer: Person;
  /** Large authors first, then the hundred whom both viewers follow, then others. */
  people: string[];
}

/** How long the posts took to be written: as many a day in a large world as they are in it. */
const SPAN = 400 * DAY;

export async function makeWorld(installation: Installation, posts: number): Promise<World> {
  const api = await startApi(installation.dataDir, installation.databaseUrl);
  const few = await openAccount(api);
  const many = await openAccount(api);
  const author = await openAccount(api);
  await api.stop();
  const chance = new Chance(posts);
  const writer = await openWriter(installation);
  const accounts = { few: few.id, many: many.id, writer: author.id };
  const from = Date.now() - SPAN;
  const crowd = gatherPeople(writer, chance, accounts, from, posts);
  const samples = await writePosts(writer, chance, accounts, crowd, {
    count: posts,
    from,
    step: (SPAN - DAY) / posts,
  });
  await writer.end();
  // An installation that lives gets this from autovacuum within a minute.
  if (installation.databaseUrl)
    await withDatabase(installation, (database) => database.run('VACUUM ANALYZE'));
  return { ...samples, installation, posts, few, many, writer: author, people: crowd.ids };
}
