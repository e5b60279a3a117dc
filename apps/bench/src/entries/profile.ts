import { profileReader } from '../bare/profile.ts';
import { sessionReader } from '../bare/session.ts';
import { gatherCrowd } from '../crowd.ts';
import type { Entry } from '../entry.ts';
import { openAccount } from '../people.ts';

export const profile: Entry = {
  name: 'profile',
  about:
    'GET /users/:id of a public person with 100 followers: the viewer, and 50 of the 100 others whom the ' +
    'viewer follows, among them. The bare server runs the same statements.',
  target: 0.4,

  async seed(api, installation) {
    const viewer = await openAccount(api);
    const person = await openAccount(api);
    await gatherCrowd(installation, viewer.id, [{ id: person.id, followers: 100 }]);
    return {
      requests: [
        {
          method: 'GET',
          path: `/api/v1/users/${person.id}`,
          headers: { cookie: viewer.cookie },
        },
      ],
      connections: 20,
    };
  },

  bare({ database, sessionSecret }) {
    const readSession = sessionReader(database, sessionSecret);
    const readProfile = profileReader(database);
    return async (request) => {
      const session = await readSession(request);
      return session ? readProfile(session.userId, request.url!.split('/').at(-1)!) : null;
    };
  },
};
