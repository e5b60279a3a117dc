import { randomBytes } from 'node:crypto';
import type { Api } from './api-server.ts';
import type { BenchRequest } from './request.ts';
import { patiently } from './patiently.ts';

export interface Person {
  id: string;
  email: string;
  password: string;
  /** The value of a `Cookie` header that is signed in. */
  cookie: string;
}

/** Registers, opens the link from the mailbox and is signed in, as a person would. */
export async function openAccount(
  api: Api,
  profile: Record<string, unknown> = {},
): Promise<Person> {
  // Unlike any before: a PostgreSQL database may hold the people of earlier runs.
  const email = `bench-${randomBytes(6).toString('hex')}@example.org`;
  const password = 'seven green bicycles';
  const registered = await post(api, '/auth/register', {
    email,
    password,
    firstName: 'Ada',
    lastName: 'Okafor',
    dateOfBirth: '1990-12-31',
    ...profile,
  });
  const token = await patiently('the confirmation mail', () => mailedToken(api, email));
  const browser = cookieOf(registered, 'echomate_registration');
  const verified = await post(api, '/auth/email/verify', { token }, browser);
  const cookie = cookieOf(verified, 'echomate_session');
  const session = await fetch(`${api.url}/api/v1/auth/session`, { headers: { cookie } });
  const { user } = (await session.json()) as { user: { id: string } };
  return { id: user.id, email, password, cookie };
}

export const loginRequest = ({ email, password }: Person): BenchRequest => ({
  method: 'POST',
  path: '/api/v1/auth/login',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ email, password }),
});

async function mailedToken(api: Api, email: string): Promise<string | undefined> {
  const response = await fetch(`${api.url}/api/v1/dev/mailbox`);
  const { items } = (await response.json()) as { items: { to: string; text: string }[] };
  return items.find((mail) => mail.to === email)?.text.match(/[?&]token=([\w-]+)/)?.[1];
}

function cookieOf(answer: Response, name: string): string {
  const cookie = answer.headers.getSetCookie().find((header) => header.startsWith(`${name}=`));
  if (!cookie) throw new Error(`${answer.url} set no cookie ${name}.`);
  return cookie.split(';', 1)[0]!;
}

async function post(api: Api, path: string, body: unknown, cookie = ''): Promise<Response> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return response;
}
