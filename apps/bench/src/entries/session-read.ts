import { toViewer, userCard } from '../bare/user-card.ts';
import { sessionReader } from '../bare/session.ts';
import type { Entry } from '../entry.ts';
import { openAccount } from '../people.ts';

export const sessionRead: Entry = {
  name: 'session-read',
  about:
    'GET /auth/session, signed in, beside the bare server. It does almost nothing, so what it costs ' +
    'is what the framework costs every request.',
  target: 0.3,

  async seed(api) {
    const { cookie } = await openAccount(api);
    return {
      requests: [{ method: 'GET', path: '/api/v1/auth/session', headers: { cookie } }],
      connections: 20,
    };
  },

  bare({ database, sessionSecret }) {
    const readSession = sessionReader(database, sessionSecret);
    const findCard = userCard(database);
    return async (request) => {
      const session = await readSession(request);
      const card = session && (await findCard(session.userId));
      return card ? { sessionId: session.id, user: toViewer(card), takesVideos: false } : null;
    };
  },
};
