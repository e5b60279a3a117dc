import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Media } from '@echomate/contracts/media.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { faultAt } from '../support/faults.js';
import { jobsDone } from '../support/events.js';
import { signUp } from '../support/people.js';
import { animation, blackPng, bombGif, picture } from '../support/pictures.js';
import { processorSeconds } from '../support/processor-time.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { bytesOf, filesOf, settled, untilFiles, upload, type Browser } from '../support/uploads.js';

let app: TestApp;
let ada: Browser;
let cookie: string;
beforeAll(async () => {
  app = await startTestApp();
  ada = await signUp(app);
  cookie = await cookieOf(app);
});
afterAll(() => app.close());

/** For requests below what an ordinary client would send. */
async function cookieOf(of: TestApp): Promise<string> {
  const { headers } = await of
    .anyone()
    .post(`${API}/auth/login`)
    .send({ email: 'ada@example.org', password: 'seven green bicycles' })
    .expect(200);
  return (headers['set-cookie'] as unknown as string[]).map((line) => line.split(';')[0]).join(';');
}

const media = async () =>
  (await app.get(Database).one<{ count: number }>(sql`SELECT count(*) AS count FROM media`))!.count;

/** Refused with a reason at the file, and nothing of it is kept. */
async function refused(bytes: Buffer, name = 'me.png') {
  const [files, rows] = [await filesOf(app), await media()];
  const { body } = await upload(ada, bytes, name).expect(400);
  expect(body.type).toBe('urn:echomate:problem:invalid-input');
  expect(body.errors).toEqual([faultAt('file')]);
  expect(await filesOf(app)).toEqual(files);
  expect(await media()).toBe(rows);
  return body.detail as string;
}

/** Also the clean-up after the work is done. */
async function ready(of: Media): Promise<Media> {
  const done = await settled(ada, of);
  expect(done.status).toBe('ready');
  await untilFiles(app, (files) => !files.some((file) => /originals|scratch/.test(file)));
  return done;
}

/** A request by hand: sends what `write` writes, and answers with what came back, if anything did. */
const raw = (
  write: (send: (part: Buffer | string) => Promise<void>, end: () => void) => Promise<void>,
  headers: Record<string, string | number> = {},
) =>
  new Promise<{ status: number | null; body: string; sent: number }>((resolve) => {
    let sent = 0;
    let isOver = false;
    const over = (status: number | null, body: string) => {
      isOver = true;
      resolve({ status, body, sent });
      outgoing.destroy();
    };
    const outgoing = httpRequest(
      new URL(`${API}/media`, app.url),
      {
        method: 'POST',
        headers: { Cookie: cookie, 'Content-Type': 'multipart/form-data; boundary=x', ...headers },
      },
      (response: IncomingMessage) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () => over(response.statusCode!, body));
      },
    );
    outgoing.on('error', () => over(null, ''));
    const send = (part: Buffer | string) =>
      new Promise<void>((proceed) => {
        if (isOver) return proceed();
        sent += part.length;
        outgoing.write(part, () => proceed());
      });
    void write(send, () => outgoing.end());
  });
const HEAD = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
const TAIL = '\r\n--x--\r\n';

describe('what is no picture', () => {
  it.each([
    ['text', Buffer.from('hello, I am a picture')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a script', Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    [
      'SVG with an XML head',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['PDF', Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj')],
    ['ZIP', Buffer.from('PK\x03\x04 and so on')],
    ['TIFF, which nobody asked for', Buffer.from('II*\0\x08\0\0\0\0\0\0\0', 'latin1')],
    ['HTML behind a GIF signature', Buffer.from('GIF89a<script>alert(1)</script>')],
    [
      'HTML behind a GIF header',
      Buffer.from('GIF89a=1;/*\x01\0\x80\0\0*/<script>alert(1)</script>', 'latin1'),
    ],
    ['a JPEG that ends early', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['a PNG of a header alone', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['Matroska that is no WebM', Buffer.from('\x1a\x45\xdf\xa3\x42\x82\x88matroska', 'latin1')],
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0xff])],
  ])('is refused: %s', async (_, bytes) => {
    await refused(bytes);
  });

  it('is refused whatever it says it is', async () => {
    await ada
      .post(`${API}/media`)
      .attach('file', Buffer.from('<script>alert(1)</script>'), {
        filename: 'me.png',
        contentType: 'image/png',
      })
      .expect(400);
  });

  it('is told what to do when it is what a phone makes', async () => {
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic and more', 'latin1');
    expect(await refused(heic, 'IMG_1.HEIC')).toContain('JPEG');
  });
});

describe('a picture that is something else too', () => {
  const zip = Buffer.from('PK\x03\x04\x14\0SECRET-ARCHIVE PK\x05\x06', 'latin1');
  const page = Buffer.from('<html><script>alert("SECRET")</script></html>');

  it.each(['jpeg', 'png', 'gif', 'webp', 'avif'] as const)(
    'loses what stands behind its end: %s',
    async (format) => {
      const polyglot = Buffer.concat([await picture(format), zip, page]);
      const response = await upload(ada, polyglot);
      if (response.status === 400) return;
      expect(response.status).toBe(201);
      for (const url of Object.values((response.body as Media).urls).filter((at) => at !== null)) {
        const { body, headers } = await bytesOf(ada, url).expect(200);
        expect(headers['content-type']).toBe('image/webp');
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers['content-security-policy']).toContain('sandbox');
        for (const trace of ['SECRET', '<script', 'PK\x03\x04'])
          expect((body as Buffer).includes(trace)).toBe(false);
      }
    },
  );

  it('loses what stands in its comments', async () => {
    const jpeg = await picture('jpeg');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(page.length + 2);
    const commented = Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.from([0xff, 0xfe]),
      length,
      page,
      jpeg.subarray(2),
    ]);
    const { body } = await upload(ada, commented).expect(201);
    for (const url of [body.urls.thumb, body.urls.full])
      expect(((await bytesOf(ada, url)).body as Buffer).includes('SECRET')).toBe(false);
  });

  it('loses it from animations as well', async () => {
    const polyglot = Buffer.concat([await animation('gif'), page]);
    const { body } = await upload(ada, polyglot).expect(201);
    await ready(body);
    const full = (await bytesOf(ada, body.urls.full).expect(200)).body as Buffer;
    expect(full.toString('latin1', 8, 12)).toBe('WEBP');
    expect(full.includes('SECRET')).toBe(false);
  });
});

describe('a bomb', () => {
  const withinSeconds = async (seconds: number, work: () => Promise<unknown>) => {
    // All that this process does counts, also what earlier uploads have left to do.
    await jobsDone(app);
    expect(await processorSeconds(work)).toBeLessThan(seconds);
  };

  it('of 40,000 × 40,000 pixels is refused by its header', async () => {
    const bomb = blackPng(40_000, 40_000);
    await withinSeconds(3, () => refused(bomb));
  });

  it('of 10,000 or 500,000 frames is refused by counting them', async () => {
    await withinSeconds(2, async () => {
      expect(await refused(bombGif(10_000))).toContain('600 frames');
    });
    await withinSeconds(3, () => refused(bombGif(500_000)));
  });

  it('of a hundred large frames is refused by its header', async () => {
    const harmless = await upload(ada, bombGif(100, 100)).expect(201);
    expect((await ready(harmless.body)).kind).toBe('animation');
    await withinSeconds(2, async () => {
      expect(await refused(bombGif(100, 2000))).toContain('too large');
    });
  });

  it('of a thousand frames as WebP is refused too', async () => {
    await refused(await animation('webp', 700, 4));
  });
});

describe('a stream that never ends', () => {
  it('is cut long before a gigabyte, told why, and leaves nothing', async () => {
    const files = await filesOf(app);
    const jpeg = await picture('jpeg');
    const megabyte = Buffer.alloc(1024 * 1024, 0x41);
    const { status, body, sent } = await raw(async (send) => {
      await send(HEAD);
      await send(jpeg);
      for (let count = 0; count < 1024; count++) await send(megabyte);
    });
    expect(status).toBe(413);
    expect(JSON.parse(body).detail).toContain('20 MB');

    expect(sent).toBeLessThan(200 * 1024 * 1024);
    expect(await filesOf(app)).toEqual(files);
  });

  it.each([
    ['with a session', () => cookie],
    ['without one', () => ''],
  ])('is cut even when the sender does not listen, %s', async (_, cookies) => {
    const isCut = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      const path = `${API}/media`;
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookies()}\r\n` +
          `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: ${2 ** 30}\r\n\r\n${HEAD}`,
      );
      const drip = setInterval(() => socket.write(Buffer.alloc(1000)), 20);
      const over = (outcome: boolean) => {
        clearInterval(drip);
        clearTimeout(patience);
        socket.destroy();
        resolve(outcome);
      };
      const patience = setTimeout(() => over(false), 25_000);
      socket.on('error', () => undefined).on('close', () => over(true));
      socket.resume();
    });
    expect(isCut).toBe(true);
  });

  it('that is announced is refused before it is read', async () => {
    const { status, sent } = await raw((send) => send(HEAD), { 'Content-Length': 2 ** 30 });
    expect(status).toBe(413);
    expect(sent).toBe(HEAD.length);
  });

  it('of what is no picture is cut at its first bytes', async () => {
    const { status, sent } = await raw(async (send) => {
      await send(HEAD);
      for (let count = 0; count < 1024; count++) await send(Buffer.alloc(1024 * 1024, 0x3c));
    });
    expect(status).toBe(400);
    expect(sent).toBeLessThan(200 * 1024 * 1024);
  });

  it('is no larger than allowed when it is exactly so large', async () => {
    const jpeg = await picture('jpeg');
    const padded = (length: number) => Buffer.concat([jpeg, Buffer.alloc(length - jpeg.length)]);
    await upload(ada, padded(20 * 1024 * 1024)).expect(201);
    const { body } = await upload(ada, padded(20 * 1024 * 1024 + 1)).expect(413);
    expect(body.type).toBe('urn:echomate:problem:too-large');
  });
});

describe('an upload that breaks off', () => {
  it.each([
    ['in the headers of the part', () => HEAD.slice(0, 20)],
    ['before the file', () => HEAD],
    ['in the file', (jpeg: Buffer) => Buffer.concat([Buffer.from(HEAD), jpeg.subarray(0, 9000)])],
    ['just before the end', (jpeg: Buffer) => Buffer.concat([Buffer.from(HEAD), jpeg])],
  ])('leaves nothing: %s', async (_, begin) => {
    const files = await filesOf(app);
    const rows = await media();
    const outgoing = httpRequest(new URL(`${API}/media`, app.url), {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'multipart/form-data; boundary=x' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(begin(await picture('jpeg', 2000, 2000)));
    await untilFiles(app, (now) => now.length > files.length);
    outgoing.destroy();
    await untilFiles(app, (now) => now.length === files.length);
    expect(await filesOf(app)).toEqual(files);
    expect(await media()).toBe(rows);
  });
});

describe('a broken body', () => {
  it.each([
    ['no boundary', { 'Content-Type': 'multipart/form-data' }, HEAD + TAIL],
    ['no part', {}, 'nothing at all'],
    ['no end', {}, `${HEAD}\xff\xd8\xff`],
    ['no name', {}, `--x\r\nContent-Disposition: form-data; filename="a.jpg"\r\n\r\nx${TAIL}`],
    ['another field', {}, HEAD.replace('"file"', '"other"') + 'GIF89a' + TAIL],
    [
      'text beside it',
      {},
      `--x\r\nContent-Disposition: form-data; name="alt"\r\n\r\nbees\r\n${HEAD}GIF89a${TAIL}`,
    ],
    ['a name with a path', {}, HEAD.replace('a.jpg', '../../../etc/passwd') + 'root' + TAIL],
    ['endless headers', {}, `--x\r\n${'X-A: b\r\n'.repeat(5000)}\r\nx${TAIL}`],
    ['a prototype', {}, HEAD.replace('"file"', '"__proto__"') + 'GIF89a' + TAIL],
    ['an empty body', {}, ''],
  ])('is refused: %s', async (_, headers, body) => {
    const files = await filesOf(app);
    const response = await raw(
      async (send, end) => {
        if (body) await send(Buffer.from(body, 'latin1'));
        end();
      },
      headers as Record<string, string>,
    );
    expect(response.status).toBe(400);
    expect(JSON.parse(response.body).type).toMatch(/malformed-request|invalid-input/);
    expect(await filesOf(app)).toEqual(files);
  });

  it('is refused when it holds two files, even good ones', async () => {
    const files = await filesOf(app);
    const jpeg = await picture('jpeg');
    await ada
      .post(`${API}/media`)
      .attach('file', jpeg, 'a.jpg')
      .attach('file', jpeg, 'b.jpg')
      .expect(400);
    expect(await filesOf(app)).toEqual(files);
  });

  it('is refused when it is JSON', async () => {
    await ada.post(`${API}/media`).send({ file: 'x' }).expect(400);
  });
});

describe('many uploads at once', () => {
  it('by one person are refused beyond a few, and the rest go on', async () => {
    const jpeg = await picture('jpeg', 50, 50);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => upload(ada, jpeg)));
    const statuses = outcomes.map(({ status }) => status);
    expect(statuses).toContain(201);
    expect(statuses.filter((status) => ![201, 429].includes(status))).toEqual([]);
    await upload(ada, jpeg).expect(201);
  });

  it('count, so that nobody uploads without end', async () => {
    const limited = await startTestApp({ RATE_LIMITS: 'on' });
    try {
      const chidi = await signUp(limited, { email: 'chidi@example.org' });
      const statuses: number[] = [];
      for (let count = 0; count < 61; count++)
        statuses.push((await upload(chidi, Buffer.from('no picture'))).status);
      expect(statuses.slice(0, 60)).toEqual(Array(60).fill(400));
      expect(statuses[60]).toBe(429);
    } finally {
      await limited.close();
    }
  });
});

describe('addresses', () => {
  it('lead to variants only', async () => {
    const { body } = await upload(ada, await picture('jpeg')).expect(201);
    const other = [
      'video',
      'original',
      'upload',
      'constructor',
      '__proto__',
      '..%2f..%2fechomate.db',
      'full.webp',
      '%00',
      'FULL',
    ];
    for (const variant of other) await ada.get(`${API}/media/${body.id}/${variant}`).expect(404);
    await ada.get(`${API}/media/${body.id.toUpperCase()}/full`).expect(200);
    await ada.get(`${API}/media/not-an-id/full`).expect(404);
  });
});
