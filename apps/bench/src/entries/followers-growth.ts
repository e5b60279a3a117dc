import { gatherCrowd } from '../crowd.ts';
import type { Entry } from '../entry.ts';
import { openAccount } from '../people.ts';

export const followersGrowth: Entry = {
  name: 'followers-growth',
  about:
    'GET /users/:id/followers?limit=20, the first page and one in the middle in turn, of a person with ' +
    '100,000 followers (large) and of one with 100 (small). The large one may take 1.3 times as long.',
  target: 0.77,

  async seed(api, installation) {
    const viewer = await openAccount(api);
    const small = await openAccount(api);
    const large = await openAccount(api);
    const [ofSmall, ofLarge] = await gatherCrowd(installation, viewer.id, [
      { id: small.id, followers: 100 },
      { id: large.id, followers: 100_000 },
    ]);
    const pagesOf = ({ id }: { id: string }, follows: string[]) => {
      const first = `/api/v1/users/${id}/followers?limit=20`;
      return [first, `${first}&cursor=${follows[follows.length / 2]}`].map((path) => ({
        method: 'GET' as const,
        path,
        headers: { cookie: viewer.cookie },
      }));
    };
    return {
      requests: pagesOf(large, ofLarge!),
      baseline: pagesOf(small, ofSmall!),
      connections: 20,
    };
  },
};
