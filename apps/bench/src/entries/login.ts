import { hash, randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type * as Bcrypt from 'bcrypt';
import { fromApi } from '../api-packages.ts';
import { toViewer, userCard } from '../bare/user-card.ts';
import type { Entry } from '../entry.ts';
import { loginRequest, openAccount } from '../people.ts';

interface Credentials {
  email: string;
  password: string;
}

export const login: Entry = {
  name: 'login',
  about:
    'POST /auth/login beside a bare bcrypt.compare of the same cost, as many at once. bcrypt is the ' +
    'limit, on purpose: about a quarter of a second of one core for every password that anyone tries.',
  target: null,

  async seed(api) {
    return { requests: [loginRequest(await openAccount(api))], connections: 4 };
  },

  bare({ database }) {
    const bcrypt = fromApi('bcrypt') as typeof Bcrypt;
    const findHash = database.prepare<{ id: string; passwordHash: string }>(
      'SELECT id, password_hash AS "passwordHash" FROM users WHERE email = ?',
    );
    const findCard = userCard(database);
    const takeTurn = turns(Math.max(1, availableParallelism() - 1));
    return async (_request, body) => {
      const { email, password } = JSON.parse(body) as Credentials;
      const found = await findHash(email);
      const digest = hash('sha384', password.normalize('NFC'), 'base64');
      const kept = found?.passwordHash.replace('sha384:', '');
      if (!found || !kept || !(await takeTurn(() => bcrypt.compare(digest, kept)))) return null;
      const card = await findCard(found.id);
      if (!card) return null;
      const user = toViewer(card);
      return { sessionId: randomUUID(), user, takesVideos: false, isBack: false };
    };
  },

  // Whether there are videos is up to the machine.
  comparable: (body) =>
    body
      .replace(/"sessionId":"[^"]+"/, '"sessionId":""')
      .replace(/"takesVideos":\w+/, '"takesVideos":""'),
};

/** As the api does: one core is left to those who only read. */
function turns(atOnce: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= atOnce) await new Promise<void>((proceed) => waiting.push(proceed));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
