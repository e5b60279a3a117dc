import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import ece from 'http_ece';

export interface Pushed {
  path: string;
  headers: IncomingHttpHeaders;
  /** What the browser would hand to the page's service worker */
  words: { title: string; body: string; tag: string; to: string };
}

/** A push service and the browsers that it serves: they alone can decrypt what it takes. */
export async function pushService() {
  const browsers = new Map<string, { keys: ReturnType<typeof createECDH>; auth: string }>();
  const pushed: Pushed[] = [];
  const statuses: number[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = request.url!;
      asked.push(path);
      const status = statuses.shift() ?? 201;
      const browser = browsers.get(path);
      if (status < 300 && browser) {
        const text = ece.decrypt(Buffer.concat(parts), {
          version: 'aes128gcm',
          privateKey: browser.keys,
          authSecret: browser.auth,
        });
        pushed.push({ path, headers: request.headers, words: JSON.parse(text.toString()) });
      }
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    pushed,
    /** All requests, also those that were refused */
    asked,
    /** What it answers next; 201 after that */
    statuses,
    /** As a browser gives it. */
    subscribe() {
      const path = `/push/${randomBytes(9).toString('base64url')}`;
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const auth = randomBytes(16).toString('base64url');
      browsers.set(path, { keys, auth });
      return {
        endpoint: `${origin}${path}`,
        keys: { p256dh: keys.getPublicKey('base64url'), auth },
      };
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** Who says to send a push, if the key proves it (RFC 8292). */
export function proven({ authorization = '' }: IncomingHttpHeaders, publicKey: string) {
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  if (!token || key !== publicKey) return null;
  const [head, claims, signature] = token.split('.') as [string, string, string];
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const isRight = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isRight) return null;
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
}
