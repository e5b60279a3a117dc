import { Agent, request } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { isSlot, type MadeUp } from './requests.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 30_000;
/** Node itself refuses longer heads, before there is a route. */
const LONGEST_PATH = 8_000;
const BOUNDARY = 'fuzz-boundary';

/** A request as it goes over the line. */
export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

export interface Received {
  status: number;
  type: string | undefined;
  body: Buffer;
}

const agent = new Agent({ keepAlive: true });

export function written(made: MadeUp, world: World): Sent {
  const fill = (value: unknown): unknown => {
    if (isSlot(value)) return world.fill(value, made.viewer);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fill(field)]));
  };
  const values = made.path.map((value) => fill(value) as string);
  let path = made.operation.path;
  if (values[0]?.startsWith('/api/')) path = values[0];
  else {
    let index = 0;
    path = path.replaceAll(/\{\w+\}/g, () => encode(values[index++] ?? values[0] ?? ''));
  }
  const query = made.query.map(
    ([name, value]) => `${encode(name)}=${encode(String(fill(value) ?? ''))}`,
  );
  const cookie = world.cookieOf(made.viewer);
  const { kind, name, value } = made.body;
  const headers: Record<string, string> = { ...(cookie && { Cookie: cookie }) };
  let body: Buffer | undefined;
  if (kind === 'json') {
    body = Buffer.from(JSON.stringify(fill(value)));
    headers['Content-Type'] = 'application/json';
  } else if (kind === 'text') {
    body = Buffer.from(value as string);
    headers['Content-Type'] = name!;
  } else if (kind === 'file') {
    body = inForm(name!, fill(value) as Buffer);
    headers['Content-Type'] = `multipart/form-data; boundary=${BOUNDARY}`;
  }
  if (body) headers['Content-Length'] = String(body.length);
  return {
    method: made.method,
    path: (path + (query.length ? `?${query.join('&')}` : '')).slice(0, LONGEST_PATH),
    headers: { ...headers, ...made.headers },
    body,
  };
}

/** A lone surrogate has no UTF-8 and goes as the bytes that it would have; broken escapes go as they are. */
const encode = (text: string): string =>
  /^%[\w%]*$/.test(text)
    ? text
    : text.isWellFormed()
      ? encodeURIComponent(text)
      : encodeURIComponent(text.toWellFormed()).replaceAll('%EF%BF%BD', '%ED%A0%80');

const inForm = (name: string, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="a.png"\r\n` +
        'Content-Type: image/png\r\n\r\n',
    ),
    bytes,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);

/** `route` tells the server's own measurement what it is working for. */
export function send(url: string, sent: Sent, route: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      agent,
      method: sent.method,
      path: sent.path,
      headers: { ...sent.headers, 'X-Fuzz-Route': route },
      timeout: PATIENCE_MS,
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('There was no answer')));
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          type: response.headers['content-type'],
          body:
            response.headers['content-encoding'] === 'br'
              ? brotliDecompressSync(Buffer.concat(parts))
              : Buffer.concat(parts),
        }),
      );
    });
    outgoing.end(sent.body);
  });
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export const asCurl = (url: string, { method, path, headers, body }: Sent): string =>
  [
    `curl -X ${method} ${quoted(url + path)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body ? [`--data-binary ${quoted(body.toString())}`] : []),
  ].join(' ');
