import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GithubPerson {
  id: number;
  name: string | null;
  emails: { email: string; primary: boolean; verified: boolean }[];
}

const textOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/** As much of GitHub as a log-in needs: it answers errors with 200, as GitHub does. */
export async function fakeGithub() {
  const codes = new Map<string, { person: GithubPerson; challenge: string; callback: string }>();
  const tokens = new Map<string, GithubPerson>();

  const exchange = (form: URLSearchParams) => {
    const given = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    if (form.get('client_id') !== 'gh' || form.get('client_secret') !== 'gh secret')
      return { error: 'incorrect_client_credentials' };
    if (!given || hash('sha256', verifier, 'base64url') !== given.challenge)
      return { error: 'bad_verification_code' };
    const token = randomBytes(12).toString('hex');
    tokens.set(token, given.person);
    return { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' };
  };

  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(body));
    const person = tokens.get((request.headers.authorization ?? '').replace(/^bearer /i, ''));
    const path = request.url!;
    if (path === '/login/oauth/access_token' && request.method === 'POST')
      void textOf(request).then((text) => answer(200, exchange(new URLSearchParams(text))));
    else if (!person) answer(401, { message: 'Bad credentials' });
    else if (!request.headers['user-agent']) answer(403, { message: 'User-Agent needed' });
    else if (path === '/api/user') answer(200, { id: person.id, login: 'x', name: person.name });
    else if (path === '/api/user/emails') answer(200, person.emails);
    else answer(404, {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: {
      GITHUB_CLIENT_ID: 'gh',
      GITHUB_CLIENT_SECRET: 'gh secret',
      GITHUB_URL: url,
      GITHUB_API_URL: `${url}/api`,
    },
    /** Somebody agrees there: the query that their browser comes back with. */
    agree(begin: string, person: GithubPerson): string {
      const asked = new URL(begin);
      if (asked.origin !== url || asked.pathname !== '/login/oauth/authorize')
        throw new Error(`Not at GitHub: ${begin}`);
      const { searchParams } = asked;
      const code = randomBytes(10).toString('hex');
      codes.set(code, {
        person,
        challenge: searchParams.get('code_challenge')!,
        callback: searchParams.get('redirect_uri')!,
      });
      return new URLSearchParams({ code, state: searchParams.get('state')! }).toString();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
