import type { Server } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { BodyKinds } from '../../src/platform/http/bodies.js';
import { registration, signUp } from '../support/people.js';
import { picture } from '../support/pictures.js';
import { rawConnection, requestHead, type RawConnection } from '../support/raw-http.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';
import { filesOf, untilFiles } from '../support/uploads.js';

const pace = { silenceMs: 500, wholeMs: 3000, graceMs: 3000, bytesPerSecond: 0 };
const KINDS: BodyKinds = {
  inMemory: {
    maxBytes: 256 * 1024,
    perNetwork: { bytes: 1000, bodies: 4 },
    inAll: { bytes: 2000, bodies: 8 },
    pace,
  },
  file: {
    maxBytes: 30_000_000,
    perNetwork: { bytes: 25_000_000, bodies: 2 },
    inAll: { bytes: 50_000_000, bodies: 3 },
    pace: { silenceMs: 500, wholeMs: 60_000, graceMs: 1000, bytesPerSecond: 200 },
  },
};
const SECRET = 'a secret between web and api';

let app: TestApp;
let open: RawConnection[] = [];
beforeAll(async () => {
  app = await startTestApp({ RATE_LIMITS: 'on', PROXY_SECRET: SECRET }, KINDS);
});
afterEach(async () => {
  for (const { socket } of open) socket.destroy();
  open = [];
  await until('the server has noticed that they left', async () => !(await connections()));
  await nextTurn();
});
afterAll(() => app.close());

const connections = () =>
  new Promise<number>((resolve) =>
    (app.app.getHttpServer() as Server).getConnections((_, count) => resolve(count)),
  );

const connection = () => {
  const made = rawConnection(app.url);
  open.push(made);
  return made;
};

/** As forwarded by the web server. */
const from = (address: string) => ({ 'X-Forwarded-For': address, 'X-Echomate-Proxy': SECRET });

const beginJson = (length: number, address = '192.0.2.1', start = '{"email":"') => {
  const made = connection();
  made.send(
    requestHead('POST', `${API}/auth/login`, {
      'Content-Type': 'application/json',
      'Content-Length': length,
      Expect: '100-continue',
      ...from(address),
    }) + start,
  );
  return made;
};

/** The server has begun to take it in. */
const admitted = ({ hears }: RawConnection) => hears(/HTTP\/1\.1 100/);

const part = (name: string, value: string, file = '') =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
const FILE_HEAD = '--x\r\nContent-Disposition: form-data; name="avatar"; filename="a.jpg"\r\n\r\n';
const END = '--x--\r\n';

const beginForm = (length: number, address = '192.0.2.1') => {
  const made = connection();
  made.send(
    requestHead('POST', `${API}/auth/register`, {
      'Content-Type': 'multipart/form-data; boundary=x',
      'Content-Length': length,
      Expect: '100-continue',
      ...from(address),
    }),
  );
  return made;
};

/** A whole form, whatever is in it. */
const sendForm = async (body: string | Buffer, address: string) => {
  const { send, hears } = beginForm(body.length, address);
  send(body);
  const said = await hears(/requestId|message/);
  const [, status] = /HTTP\/1\.1 ([2-5]\d\d)/.exec(said)!;
  return { status: Number(status), said };
};

const someone = registration({ email: 'someone@example.org' });
const texts = (values: Record<string, unknown> = {}) =>
  Object.entries({ ...someone, ...values })
    .map(([name, value]) => part(name, String(value)))
    .join('');

describe('a body that is arriving', () => {
  it('is ended with an answer when it stalls', async () => {
    const { hears, closes } = beginJson(100);
    const said = await hears(/too-slow.*requestId/);
    expect(said).toContain('HTTP/1.1 408');
    expect(said).toContain('application/problem+json');
    await closes();
  });

  it('is ended when it drips', async () => {
    const { send, hears } = beginJson(100);
    const timer = setInterval(() => send('a'), 200);
    await hears(/HTTP\/1\.1 408/);
    clearInterval(timer);
  });

  it('may take its time as long as it moves', async () => {
    const body = JSON.stringify({ email: 'nobody@example.org', password: 'not the right one' });
    const { send, hears } = beginJson(body.length, '192.0.2.9', '');
    for (let at = 0; at < body.length; at += 12) {
      send(body.slice(at, at + 12));
      await sleep(200);
    }
    await hears(/HTTP\/1\.1 401/);
  });

  it('finds no room beside too many bytes of its own household', async () => {
    await admitted(beginJson(900, '2001:db8:1:2::1'));
    const said = await beginJson(200, '2001:db8:1:2:ffff::9').hears(/requestId/);
    expect(said).toContain('HTTP/1.1 429');
    expect(said).toMatch(/retry-after: \d/i);
    expect(said).toContain('too-many-requests');
  });

  it('finds no room beside too many bodies of its own household', async () => {
    for (let one = 0; one < 4; one++) await admitted(beginJson(100, '192.0.2.2'));
    await beginJson(100, '192.0.2.2').hears(/HTTP\/1\.1 429/);
  });

  it('finds no room beside too many bytes of everybody', async () => {
    await admitted(beginJson(1000, '192.0.2.3'));
    await admitted(beginJson(1000, '192.0.2.4'));
    const said = await beginJson(100, '192.0.2.5').hears(/requestId/);
    expect(said).toContain('HTTP/1.1 503');
    expect(said).toMatch(/retry-after: \d/i);
  });

  it('takes no room that others say they speak for', async () => {
    const one = connection();
    one.send(
      requestHead('POST', `${API}/auth/login`, {
        'Content-Type': 'application/json',
        'Content-Length': 900,
        Expect: '100-continue',
        'X-Forwarded-For': '192.0.2.6',
        'X-Echomate-Proxy': 'a guess',
      }),
    );
    await admitted(one);
    const other = connection();
    other.send(
      requestHead('POST', `${API}/auth/login`, {
        'Content-Type': 'application/json',
        'Content-Length': 900,
        'X-Forwarded-For': '192.0.2.7',
      }),
    );
    await other.hears(/HTTP\/1\.1 429/);
    await one.hears(/HTTP\/1\.1 408/);
  });

  it('shares a connection with others before and behind it', async () => {
    const body = JSON.stringify({ email: 'nobody@example.org', password: 'not the right one' });
    const one = requestHead('POST', `${API}/auth/login`, {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      ...from('192.0.2.8'),
    });
    const { send, hears, said } = connection();
    send(one + body + one + body);
    await hears(/HTTP\/1\.1 401[^]*HTTP\/1\.1 401/);
    send(one + body);
    await hears(/(HTTP\/1\.1 401[^]*){3}/);
    expect(said()).not.toContain('HTTP/1.1 408');
  });
});

describe('a registration with a picture', () => {
  it('is judged by the first bytes, long before the last', async () => {
    const { send, hears } = beginForm(9_000_000);
    send(texts() + FILE_HEAD + 'GIF? no.'.repeat(100));
    const said = await hears(/requestId/);
    expect(said).toContain('HTTP/1.1 400');
    expect(said).toContain('"field":"avatar"');
    await untilFiles(app, (files) => files.length === 0);
  });

  it('lies on the disk and not in memory, and is gone when its sender is', async () => {
    const { send, socket } = beginForm(9_000_000, '192.0.2.20');
    send(texts() + FILE_HEAD);
    send(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3_000_000)]));
    await untilFiles(app, (files) => files.some((file) => file.endsWith('upload')));
    expect((await filesOf(app)).some((file) => file.includes('work-'))).toBe(true);
    socket.destroy();
    await untilFiles(app, (files) => files.length === 0);
  });

  it('is ended when it stalls, and leaves nothing', async () => {
    const { send, hears } = beginForm(9_000_000, '192.0.2.21');
    send(texts() + FILE_HEAD);
    send(Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    await hears(/HTTP\/1\.1 408/);
    await untilFiles(app, (files) => files.length === 0);
  });

  it('is cut off when it is slower than the least', async () => {
    const { send, hears } = beginForm(9_000_000, '192.0.2.22');
    send(FILE_HEAD);
    const timer = setInterval(() => send('x'), 100);
    await hears(/HTTP\/1\.1 408/);
    clearInterval(timer);
  });

  it('finds no room beside too many of its own household, or of everybody', async () => {
    for (let one = 0; one < 2; one++) await admitted(beginForm(9_000_000, '192.0.2.23'));
    await beginForm(9_000_000, '192.0.2.23').hears(/HTTP\/1\.1 429/);
    await admitted(beginForm(9_000_000, '192.0.2.24'));
    await beginForm(9_000_000, '192.0.2.25').hears(/HTTP\/1\.1 503/);
  });

  it.each([
    ['more than 10 MB', () => texts() + FILE_HEAD + '\xff\xd8\xff'.padEnd(11_000_000), 413],
    ['a text without end', () => texts({ about: 'a'.repeat(9000) }) + END, 400],
    ['texts without end', () => part('a', 'b').repeat(40) + END, 400],
    ['a field twice', () => texts() + part('email', 'other@example.org') + END, 400],
    ['a field with a NUL', () => texts({ firstName: 'A\0da' }) + END, 400],
    ['marks without end', () => texts({ firstName: `a${'\u0301'.repeat(3000)}` }) + END, 400],
    ['an unknown field', () => texts({ role: 'admin' }) + END, 400],
    ['a prototype', () => texts() + part('__proto__', 'x') + END, 400],
    ['two pictures', () => texts() + part('avatar', 'a', '; filename="a"').repeat(2) + END, 400],
    ['a picture in another field', () => texts() + part('x', 'a', '; filename="a"') + END, 400],
    ['no end', () => texts(), 400],
    ['no boundary', () => 'nothing of the kind', 400],
    [
      'a file called like the way out',
      () => texts() + FILE_HEAD.replace('a.jpg', '../../x') + 'x',
      400,
    ],
  ])('is refused for %s', async (what, body, status) => {
    const address = `2001:db8:77:${what.length.toString(16)}::1`;
    const answer = await sendForm(Buffer.from(body(), 'latin1'), address);
    expect(answer.status).toBe(status);
    expect(answer.said).toContain('application/problem+json');
    await untilFiles(app, (files) => files.length === 0);
  });

  it('still works, with and without the picture', async () => {
    const jpeg = await picture('jpeg');
    const whole = Buffer.concat([
      Buffer.from(texts() + FILE_HEAD),
      jpeg,
      Buffer.from(`\r\n${END}`),
    ]);
    expect((await sendForm(whole, '192.0.2.30')).status).toBe(202);
    expect((await sendForm(texts() + END, '192.0.2.31')).status).toBe(202);
    await untilFiles(app, (files) => files.length === 0);
  });

  it('counts for its address, so that no form goes around the limit', async () => {
    const address = '192.0.2.40';
    const statuses = new Set<number>();
    for (let one = 0; one < 61; one++)
      statuses.add((await sendForm(part('email', `p${one}@example.org`) + END, address)).status);
    expect([...statuses]).toEqual([400, 429]);
  });
});

describe('what is no request', () => {
  it.each([
    ['no HTTP', 'HELLO\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a length that is none', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['chunks that are none', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: zip\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ])('is refused with a problem: %s', async (_, text) => {
    const { send, hears, closes } = connection();
    send(text);
    const said = await hears(/requestId/);
    expect(said).toMatch(/^HTTP\/1\.1 40[04]/);
    expect(said).toContain('application/problem+json');
    await closes();
  });
});

describe('reading', () => {
  it('is slowed down only for who reads without pause, and pictures apart', async () => {
    const reading = await startTestApp({ RATE_LIMITS: 'on' });
    try {
      const ada = await signUp(reading);
      const statuses: number[] = [];
      for (let one = 0; one < 601; one++)
        statuses.push((await ada.get(`${API}/auth/session`)).status);
      expect(statuses.slice(0, 600)).toEqual(Array(600).fill(200));
      expect(statuses[600]).toBe(429);
      const refused = await ada.get(`${API}/feed`).expect(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      const id = '0190a1b2-0000-7000-8000-000000000000';
      await ada.get(`${API}/media/${id}/thumb`).expect(404);
    } finally {
      await reading.close();
    }
  });
});
