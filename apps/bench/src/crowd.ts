import { randomBytes } from 'node:crypto';
import type * as Uuid from 'uuid';
import { fromApi } from './api-packages.ts';
import type { Installation } from './installation.ts';
import { insertRows, type Table } from './rows.ts';

const { v7: uuid } = fromApi('uuid') as typeof Uuid;

const MINUTE_MS = 60_000;
/** Half of them follow every star, so that there are as many mutuals, whoever is looked at. */
const FOLLOWED_BY_VIEWER = 100;

interface Star {
  id: string;
  /** A divisor of the largest. */
  followers: number;
}

/**
 * A crowd that follows the stars, the viewer among it. People and follows come one by one as they would
 * over the years: the followers of a smaller star are spread evenly among those of the largest.
 * Answers with the ids of each star's follows, oldest first.
 */
export async function gatherCrowd(
  installation: Installation,
  viewerId: string,
  stars: Star[],
): Promise<string[][]> {
  const size = Math.max(...stars.map(({ followers }) => followers));
  const fewest = Math.min(...stars.map(({ followers }) => followers));
  const clock = ticking(Date.now() - (size * 4 + 1000) * MINUTE_MS);
  const users: Table['rows'] = [];
  const names: Table['rows'] = [];
  const follows: Table['rows'] = [];
  const counts = new Map<string, { followers: number; following: number }>();
  const countsOf = (id: string) => {
    if (!counts.has(id)) counts.set(id, { followers: 0, following: 0 });
    return counts.get(id)!;
  };

  const join = () => {
    const { id, at } = clock();
    for (const word of ['grace', 'hopper', String(users.length)]) names.push({ word, user_id: id });
    users.push({
      id,
      email: `crowd-${randomBytes(8).toString('hex')}@example.org`,
      handle: `h${id.replaceAll('-', '').slice(-24)}`,
      password_hash: '',
      first_name: 'Grace',
      last_name: `Hopper ${users.length}`,
      date_of_birth: '1990-12-31',
      visibility: 'public',
      email_visibility: 'me',
      date_of_birth_visibility: 'me',
      role: 'member',
      search_name: ` grace hopper ${users.length}`,
      created_at: at,
    });
    return id;
  };
  const follow = (followerId: string, followeeId: string) => {
    const { id, at } = clock();
    follows.push({
      id,
      follower_id: followerId,
      followee_id: followeeId,
      status: 'accepted',
      created_at: at,
    });
    countsOf(followerId).following++;
    countsOf(followeeId).followers++;
    return id;
  };

  const followsOfStars = stars.map(() => [] as string[]);
  let mutuals = 0;
  for (let at = 1; at <= size; at++) {
    // The viewer is the last of the followers.
    const personId = at === size ? viewerId : join();
    for (const [star, { id, followers }] of stars.entries())
      if (at % (size / followers) === 0) followsOfStars[star]!.push(follow(personId, id));
    const followsAllStars = at % (size / fewest) === 0;
    if (followsAllStars && personId !== viewerId && mutuals < FOLLOWED_BY_VIEWER / 2) {
      follow(viewerId, personId);
      follow(viewerId, join());
      mutuals++;
    }
  }

  await insertRows(installation, [
    { name: 'users', rows: users },
    { name: 'user_names', rows: names },
    { name: 'follows', rows: follows },
    {
      name: 'follow_counts',
      rows: [...counts].map(([user_id, { followers, following }]) => ({
        user_id,
        followers,
        following,
      })),
    },
  ]);
  return followsOfStars;
}

/** A minute passes with every tick, so that ids increase. */
function ticking(start: number) {
  let now = start;
  return () => {
    now += MINUTE_MS;
    return { id: uuid({ msecs: now }), at: new Date(now).toISOString() };
  };
}
