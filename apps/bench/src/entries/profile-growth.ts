import { gatherCrowd } from '../crowd.ts';
import type { Entry } from '../entry.ts';
import { openAccount } from '../people.ts';

export const profileGrowth: Entry = {
  name: 'profile-growth',
  about:
    'GET /users/:id of a person with 100,000 followers (large) and of one with 100 (small), with as many ' +
    'mutual ones. The large one may take 1.3 times as long.',
  target: 0.77,

  async seed(api, installation) {
    const viewer = await openAccount(api);
    const small = await openAccount(api);
    const large = await openAccount(api);
    await gatherCrowd(installation, viewer.id, [
      { id: small.id, followers: 100 },
      { id: large.id, followers: 100_000 },
    ]);
    const profileOf = ({ id }: { id: string }) => ({
      method: 'GET' as const,
      path: `/api/v1/users/${id}`,
      headers: { cookie: viewer.cookie },
    });
    return { requests: [profileOf(large)], baseline: [profileOf(small)], connections: 20 };
  },
};
