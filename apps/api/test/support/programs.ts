import type { NewToken, TokenPair } from '@echomate/contracts/programs.dto';
import { PASSWORD } from './people.js';
import { API, type TestApp } from './test-app.js';

type Browser = ReturnType<TestApp['browser']>;

export const loginAsProgram = async (
  app: TestApp,
  email: string,
  more: object = {},
): Promise<TokenPair> =>
  (
    await app
      .anyone()
      .post(`${API}/auth/token`)
      .send({ email, password: PASSWORD, ...more })
      .expect(200)
  ).body;

export const makeToken = async (browser: Browser, more: object = {}): Promise<NewToken> =>
  (
    await browser
      .post(`${API}/auth/tokens`)
      .send({ name: 'Choir calendar', scopes: ['read'], days: 30, password: PASSWORD, ...more })
      .expect(201)
  ).body;

export const withToken = (
  app: TestApp,
  token: string,
  path: string,
  method: 'get' | 'post' | 'put' | 'patch' | 'delete' = 'get',
) => app.anyone()[method](`${API}/${path}`).set('Authorization', `Bearer ${token}`);
