import type { Api } from '../api-server.ts';
import { gatherCrowd } from '../crowd.ts';
import { withDatabase } from '../database.ts';
import type { Entry } from '../entry.ts';
import { foundGroups } from '../groups.ts';
import type { Installation } from '../installation.ts';
import { openAccount, type Person } from '../people.ts';
import { get, pageAfter } from './in-worlds.ts';

const FEW = 10;
const MANY = 10_000;
/** At most 1.25 times as long. */
const TARGET = 0.8;

/** Two people who are measured, and 10,000 others, the leader of all groups first. */
async function town(api: Api, installation: Installation) {
  const [one, other, leader] = [
    await openAccount(api),
    await openAccount(api),
    await openAccount(api),
  ];
  await gatherCrowd(installation, one.id, [{ id: leader.id, followers: MANY }]);
  const rows = await withDatabase(installation, (database) =>
    database.all<{ id: string }>(`SELECT id FROM users WHERE email LIKE 'crowd-%' LIMIT ${MANY}`),
  );
  return { one, other, others: [leader.id, ...rows.map(({ id }) => id)] };
}

const groupPage: Entry = {
  name: 'group-growth',
  about:
    'GET /groups/:id with its first posts and members, of a group with 10,000 members (large) and of one with ' +
    '10 (small).',
  target: TARGET,
  async seed(api, installation) {
    const { one, others } = await town(api, installation);
    const of = (size: number) => ({ memberIds: [...others.slice(0, size - 1), one.id], posts: 30 });
    const [small, large] = await foundGroups(installation, [of(FEW), of(MANY)]);
    const pageOf = (id: string) =>
      ['', '/posts', '/members'].map((path) => get(one, `/groups/${id}${path}?`));
    return { requests: pageOf(large!), baseline: pageOf(small!), connections: 20 };
  },
};

const directory: Entry = {
  name: 'group-directory',
  about:
    'GET /groups?limit=20 among 10,000 groups: a page in the middle (large) beside the first (small).',
  target: TARGET,
  async seed(api, installation) {
    const { one, others } = await town(api, installation);
    await foundGroups(
      installation,
      Array.from({ length: MANY }, (_, at) => ({
        memberIds: others.slice(0, 1 + (at % 5)),
        posts: 0,
      })),
    );
    return {
      requests: [await pageAfter(api, one, '/groups', 250)],
      baseline: [get(one, '/groups?limit=20')],
      connections: 20,
    };
  },
};

const feed: Entry = {
  name: 'group-feed',
  about: 'GET /feed?limit=20 of somebody in 200 groups (large) beside somebody in 5 (small).',
  target: TARGET,
  async seed(api, installation) {
    const { one, other, others } = await town(api, installation);
    const groupsOf = ({ id }: Person, count: number) =>
      Array.from({ length: count }, () => ({
        memberIds: [...others.slice(0, 20), id],
        posts: 1000 / count,
        readerIds: [id],
      }));
    await foundGroups(installation, [...groupsOf(one, 200), ...groupsOf(other, 5)]);
    return {
      requests: [get(one, '/feed?limit=20')],
      baseline: [get(other, '/feed?limit=20')],
      connections: 20,
    };
  },
};

export const groups: Entry[] = [groupPage, directory, feed];
