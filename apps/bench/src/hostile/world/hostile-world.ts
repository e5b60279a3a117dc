import { startApi } from '../../api-server.ts';
import type { Installation } from '../../installation.ts';
import { foundGroups } from '../../groups.ts';
import { Chance } from '../../world/chance.ts';
import { awaitedOf, openAccounts, type Cast } from '../cast.ts';
import { openWriter, withDatabase } from '../../database.ts';
import { keepFromAnalyzing } from '../statistics.ts';
import { writeBelongings, writeDiscussions, type Discussions } from './discussions.ts';
import { postsInMasses, writeMasses, type Masses } from './masses.ts';
import { gatherPeople, writeBlocks, writeFollows, type Crowd } from './people.ts';
import { writeEverydayPosts } from './posts.ts';
import { settle } from './settle.ts';
import type { Size } from './size.ts';

/** Whom and what the questions are about. */
export interface HostileWorld extends Discussions, Masses {
  size: Size;
  cast: Cast;
  crowd: Omit<Crowd, 'all' | 'mob'>;
  /** Led by the prolific one */
  group: string;
}

export async function makeHostileWorld(
  installation: Installation,
  size: Size,
): Promise<HostileWorld> {
  const api = await startApi(installation.dataDir, installation.databaseUrl);
  const cast = await openAccounts(api);
  await api.stop();
  await keepFromAnalyzing(installation);
  await withDatabase(installation, (database) =>
    database.run(
      `UPDATE users SET visibility = 'private' WHERE id IN (${awaitedOf(cast)
        .map(({ id }) => `'${id}'`)
        .join()})`,
    ),
  );
  const writer = await openWriter(installation);
  const making = { writer, chance: new Chance(size.people), size, cast, now: Date.now() };
  const { all, mob, ...crowd } = await gatherPeople(making);
  const everyone = { ...crowd, all, mob };
  await writeFollows(making, everyone);
  await writeBlocks(making, everyone);
  const rest = size.posts - postsInMasses(size.mass);
  await writeEverydayPosts(making, everyone, Math.max(rest, size.people));
  const masses = await writeMasses(making, everyone);
  const discussions = await writeDiscussions(making, everyone);
  writeBelongings(making);
  await writer.end();
  await settle(
    installation,
    [cast.few, cast.many, cast.blocker, cast.suggested].map(({ id }) => id),
  );
  const memberIds = [cast.prolific.id, cast.suggested.id, ...all.slice(0, size.groupMembers - 2)];
  const [group] = await foundGroups(installation, [{ memberIds, posts: 0 }]);
  return { size, cast, crowd, group: group!, ...masses, ...discussions };
}
