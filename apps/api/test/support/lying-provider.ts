import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { OPENID_CLIENT } from '@echomate/testing/openid-provider';

export interface Saying {
  header: { alg: string; kid: string };
  claims: JWTPayload & { nonce?: string };
}

/** Makes a token of what an honest provider would say. */
export type Lie = (
  honest: Saying,
  sign: (said: Saying) => Promise<string>,
  signOtherwise: (said: Saying) => Promise<string>,
) => Promise<string | null> | string | null;

/** An OpenID Connect provider that says what a test has it say. */
export async function lyingProvider() {
  const [ours, others] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const signedBy =
    (key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']) =>
    ({ header, claims }: Saying) =>
      new SignJWT(claims).setProtectedHeader(header).sign(key);
  let lie: Lie = (honest, sign) => sign(honest);
  let nonce = '';
  let userinfo: object = {};
  let isAway = false;
  let codesTaken = 0;
  const used = new Set<string>();

  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const issuer = provider.issuer;
    if (isAway) return void answer(503, {});
    if (request.url === '/.well-known/openid-configuration')
      return void answer(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        authorization_response_iss_parameter_supported: true,
        id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
      });
    if (request.url === '/jwks')
      return void exportJWK(ours.publicKey).then((key) =>
        answer(200, { keys: [{ ...key, kid: 'ours', use: 'sig', alg: 'RS256' }] }),
      );
    if (request.url === '/userinfo') return void answer(200, userinfo);
    if (request.url !== '/token') return void answer(404, {});
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const code = new URLSearchParams(Buffer.concat(parts).toString()).get('code')!;
      codesTaken += 1;
      if (used.has(code)) return answer(400, { error: 'invalid_grant' });
      used.add(code);
      const now = Math.floor(Date.now() / 1000);
      const honest = {
        header: { alg: 'RS256', kid: 'ours' },
        claims: {
          iss: issuer,
          aud: OPENID_CLIENT.clientId,
          sub: 'mallory',
          nonce,
          iat: now,
          exp: now + 300,
          email: 'mallory@example.org',
          email_verified: true,
        },
      };
      return void Promise.resolve(
        lie(honest, signedBy(ours.privateKey), signedBy(others.privateKey)),
      ).then((id_token) =>
        answer(200, {
          access_token: 'token',
          token_type: 'bearer',
          ...(id_token !== null && { id_token }),
        }),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const provider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get codesTaken() {
      return codesTaken;
    },
    /** The query with which the browser comes back. */
    answerTo(begin: string, next: Lie = (honest, sign) => sign(honest), info: object = {}) {
      const { searchParams } = new URL(begin);
      nonce = searchParams.get('nonce')!;
      lie = next;
      userinfo = info;
      const code = `code ${Math.random()}`;
      return new URLSearchParams({
        code,
        state: searchParams.get('state')!,
        iss: provider.issuer,
      });
    },
    setAway(away: boolean) {
      isAway = away;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}
