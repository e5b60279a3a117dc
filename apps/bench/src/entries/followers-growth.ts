import { gatherCrowd } from '../crowd.ts';
import type { Entry } from '../entry.ts';
import { openAccount } from '../people.ts';
import { get, pageAfter } from './in-worlds.ts';

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
    await gatherCrowd(installation, viewer.id, [
      { id: small.id, followers: 100 },
      { id: large.id, followers: 100_000 },
    ]);
    const pagesOf = async ({ id }: { id: string }, pages: number) => {
      const path = `/users/${id}/followers`;
      return [get(viewer, `${path}?limit=20`), await pageAfter(api, viewer, path, pages)];
    };
    return {
      requests: await pagesOf(large, 2500),
      baseline: await pagesOf(small, 2),
      connections: 20,
    };
  },
};
