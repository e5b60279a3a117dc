import { once } from 'node:events';
import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressWhole, encodingFor } from './compression.js';

const TEXT = JSON.stringify({ items: Array.from({ length: 200 }, (_, id) => ({ id, name: 'ö' })) });
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function ask(listener: RequestListener, headers = {}, method = 'GET') {
  server = createServer((incoming, response) => {
    compressWhole(incoming, response);
    listener(incoming, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sent = request({
    port,
    method,
    headers: { 'Accept-Encoding': 'gzip, deflate, br', ...headers },
  }).end();
  const [answer] = await once(sent, 'response');
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

const whole =
  (text = TEXT, headers: Record<string, string> = JSON_TYPE): RequestListener =>
  (_request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Content-Length', Buffer.byteLength(text));
    response.end(text);
  };

describe('an answer that is sent whole', () => {
  it('is compressed', async () => {
    const { headers, body } = await ask(whole());
    expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(body.length).toBeLessThan(TEXT.length / 3);
    const opened = brotliDecompressSync(body).toString();
    expect(opened.trimEnd()).toBe(TEXT);
    expect(JSON.parse(opened)).toEqual(JSON.parse(TEXT));
  });

  it('is compressed as the browser accepts', async () => {
    const { headers, body } = await ask(whole(), { 'Accept-Encoding': 'gzip' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString().trimEnd()).toBe(TEXT);
  });

  it('may come in parts after its head', async () => {
    const { status, headers, body } = await ask((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.setHeader('Content-Length', Buffer.byteLength(TEXT));
      response.writeHead(404);
      response.write(Buffer.from(TEXT.slice(0, 100)));
      response.write(TEXT.slice(100), () => response.end());
    });
    expect(status).toBe(404);
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(body).toString().trimEnd()).toBe(TEXT);
  });

  it('still passes those who look at the head and the end later', async () => {
    const { headers, body } = await ask((incoming, response) => {
      const { writeHead, end } = response;
      response.writeHead = ((...head: [number]) => {
        response.setHeader('X-Head', 'seen');
        return writeHead.apply(response, head);
      }) as typeof writeHead;
      response.end = ((text: string) => {
        setTimeout(() => end.call(response, text, 'utf8'), 5);
        return response;
      }) as typeof end;
      whole()(incoming, response);
    });
    expect(headers).toMatchObject({ 'x-head': 'seen', 'content-encoding': 'br' });
    expect(brotliDecompressSync(body).toString().trimEnd()).toBe(TEXT);
  });

  it('differs in length each time', async () => {
    const lengths = new Set<number>();
    for (let time = 0; time < 12; time++) {
      lengths.add((await ask(whole())).body.length);
      server.close();
    }
    expect(lengths.size).toBeGreaterThan(4);
  });

  it.each<[string, RequestListener, object]>([
    ['short', whole('{"ok":true}'), {}],
    ['not text', whole(TEXT, { 'Content-Type': 'image/webp' }), {}],
    ['encoded already', whole(TEXT, { ...JSON_TYPE, 'Content-Encoding': 'identity' }), {}],
    [
      'not to be changed',
      whole(TEXT, { ...JSON_TYPE, 'Cache-Control': 'no-store, no-transform' }),
      {},
    ],
    ['asked for as it is', whole(), { 'Accept-Encoding': 'identity' }],
    ['not accepted compressed', whole(), { 'Accept-Encoding': 'br;q=0, gzip;q=0' }],
  ])('stays as it is: %s', async (_, listener, headers) => {
    const answer = await ask(listener, headers);
    expect(['identity', undefined]).toContain(answer.headers['content-encoding']);
    expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
  });
});

describe('what is not sent whole stays as it is', () => {
  it('a stream, part by part', async () => {
    const { headers, body } = await ask((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.write(TEXT);
      setTimeout(() => response.end(TEXT), 20);
    });
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toBe(TEXT + TEXT);
  });

  it('a part of a file', async () => {
    const { status, headers, body } = await ask((_request, response) => {
      response.statusCode = 206;
      response.setHeader('Content-Range', `bytes 0-${TEXT.length}/9000`);
      whole()(_request, response);
    });
    expect(status).toBe(206);
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toBe(TEXT);
  });

  it('a head, and a refusal with a head of its own', async () => {
    const head = await ask(whole(), {}, 'HEAD');
    expect(head.headers['content-encoding']).toBeUndefined();
    expect(head.body).toHaveLength(0);
    server.close();
    const refusal = await ask((_request, response) => {
      response.writeHead(503, { ...JSON_TYPE, 'Content-Length': Buffer.byteLength(TEXT) });
      response.end(TEXT);
    });
    expect(refusal).toMatchObject({ status: 503, body: Buffer.from(TEXT) });
  });
});

it.each([
  [undefined, undefined],
  ['', undefined],
  ['deflate', undefined],
  ['gzip', 'gzip'],
  ['gzip, br', 'br'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['BR', 'br'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
])('Accept-Encoding: %s gets %s', (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});
