import type { Entry } from '../entry.ts';
import { loginRequest, openAccount } from '../people.ts';

export const loginFlood: Entry = {
  name: 'login-flood',
  about:
    'GET /auth/session, signed in, without and with 100 logins a second from 100 other connections. ' +
    'Logins that find more than 50 waiting are refused with 503.',
  target: null,

  async seed(api) {
    const person = await openAccount(api);
    return {
      requests: [
        { method: 'GET', path: '/api/v1/auth/session', headers: { cookie: person.cookie } },
      ],
      connections: 20,
      flood: {
        requests: [loginRequest(person)],
        connections: 100,
        perSecond: 100,
        expected: [200, 503],
      },
    };
  },
};
