import { Readable } from 'node:stream';
import sharp from 'sharp';
import type { Media } from '@echomate/contracts/media.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { MediaFiles } from '../../src/modules/media/media-files.service.js';
import { MediaProcessing } from '../../src/modules/media/media-processing.service.js';
import { MediaService } from '../../src/modules/media/media.service.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { signUp } from '../support/people.js';
import { animation, damagedAnimation, noise, picture } from '../support/pictures.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';
import {
  bytesOf,
  settled,
  untilFiles,
  upload,
  uploaded,
  type Browser,
} from '../support/uploads.js';

let app: TestApp;
let ada: Browser;
let bruno: Browser;
beforeAll(async () => {
  app = await startTestApp();
  ada = await signUp(app);
  bruno = await signUp(app, { email: 'bruno@example.org', firstName: 'Bruno' });
});
afterAll(() => app.close());

const shown = async (path: string, browser = ada) =>
  (await bytesOf(browser, path).expect(200)).body as Buffer;
const idOf = async (browser: Browser) =>
  (await browser.get(`${API}/users/me`).expect(200)).body.id as string;

describe('a picture', () => {
  it.each(['jpeg', 'png', 'gif', 'webp', 'avif'] as const)(
    'may be %s, whatever the file is called, and is shown in three sizes without what the camera wrote',
    async (format) => {
      const sent = await picture(format, 2400, 1200);
      const { body } = await upload(ada, sent, 'holiday.exe').expect(201);
      const media = body as Media;
      expect(media).toMatchObject({
        kind: 'image',
        status: 'ready',
        width: 2048,
        height: 1024,
        durationMs: null,
        alt: null,
      });
      expect(media.urls.video).toBeNull();
      for (const [url, width, height] of [
        [media.urls.thumb, 320, 160],
        [media.urls.card, 960, 480],
        [media.urls.full, 2048, 1024],
      ] as const) {
        const response = await bytesOf(ada, url).expect(200);
        expect(response.headers).toMatchObject({
          'content-type': 'image/webp',
          'content-disposition': 'inline',
          'cache-control': 'private, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
        });
        const bytes = response.body as Buffer;
        const metadata = await sharp(bytes).metadata();
        expect(metadata).toMatchObject({ format: 'webp', width, height });
        for (const trace of ['exif', 'xmp', 'icc', 'iptc'])
          expect(metadata).not.toHaveProperty(trace);
        expect(bytes.includes('SECRET')).toBe(false);
      }
      expect((await ada.get(`${API}/media/${media.id}`).expect(200)).body).toEqual(media);
    },
  );

  it('that is small is not enlarged', async () => {
    const media = await uploaded(ada, await picture('png', 40, 30));
    expect(media).toMatchObject({ width: 40, height: 30 });
    for (const url of [media.urls.thumb, media.urls.card, media.urls.full])
      expect(await sharp(await shown(url)).metadata()).toMatchObject({ width: 40, height: 30 });
  });

  it('may be a strip, or a single pixel', async () => {
    for (const [width, height] of [
      [3000, 2],
      [2, 3000],
      [1, 1],
    ] as const) {
      const media = await uploaded(ada, await picture('png', width, height));
      expect(media.width).toBeGreaterThan(0);
      expect(media.height).toBeGreaterThan(0);
      await shown(media.urls.thumb);
    }
  });

  it('keeps its colours when it comes in another colour space', async () => {
    const red = { create: { width: 50, height: 50, channels: 3, background: 'red' } } as const;
    for (const sent of [
      await sharp(red).withIccProfile('p3').png().toBuffer(),
      await sharp(red).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
      await sharp(red).toColourspace('rgb16').png().toBuffer(),
    ]) {
      const { urls } = await uploaded(ada, sent);
      const [r, g, b] = await sharp(await shown(urls.full))
        .raw()
        .toBuffer();
      expect(r).toBeGreaterThan(225);
      expect(Math.max(g!, b!)).toBeLessThan(50);
    }
  });

  it('stands upright when the camera was turned', async () => {
    const wide = await sharp({
      create: { width: 400, height: 200, channels: 3, background: 'red' },
    })
      .composite([
        {
          input: { create: { width: 400, height: 100, channels: 3, background: 'blue' } },
          top: 0,
          left: 0,
        },
      ])
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const media = await uploaded(ada, wide);
    expect(media).toMatchObject({ width: 200, height: 400 });
    const pixels = await sharp(await shown(media.urls.full))
      .resize(2, 1, { fit: 'fill' })
      .raw()
      .toBuffer();
    // Turned by a quarter: the blue that was on top is now on the right.
    expect(pixels[2]!).toBeLessThan(pixels[0]!);
    expect(pixels[5]!).toBeGreaterThan(pixels[3]!);
  });

  it('keeps what is transparent', async () => {
    const glass = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { urls } = await uploaded(ada, glass);
    const [, , , alpha] = await sharp(await shown(urls.full))
      .raw()
      .toBuffer();
    expect(alpha).toBe(0);
  });

  it('comes with a placeholder to show until it has loaded', async () => {
    const media = await uploaded(ada, await picture('jpeg'));
    expect(Buffer.from(media.placeholder, 'base64').length).toBeGreaterThan(4);
    expect(media.placeholder.length).toBeLessThan(60);
  });

  it('can be described, and the description changed', async () => {
    const { id } = await uploaded(ada, await picture('jpeg'));
    const describe = (alt: unknown) => ada.patch(`${API}/media/${id}`).send({ alt });
    expect((await describe('  Two bees. ').expect(200)).body.alt).toBe('Two bees.');
    expect((await ada.patch(`${API}/media/${id}`).send({}).expect(200)).body.alt).toBe('Two bees.');
    expect((await ada.get(`${API}/media/${id}`).expect(200)).body.alt).toBe('Two bees.');
    await describe('x'.repeat(1001)).expect(400);
    await describe(['x']).expect(400);
    await ada.patch(`${API}/media/${id}`).send({ ownerId: id }).expect(400);
    expect((await describe('').expect(200)).body.alt).toBeNull();
  });
});

describe('an animation', () => {
  it.each(['gif', 'webp'] as const)(
    'stays one when it came as %s, once the work on it is done; its thumbnail is a still',
    async (format) => {
      const media = await uploaded(ada, await animation(format, 6));
      expect(media).toMatchObject({
        kind: 'animation',
        status: 'processing',
        width: 60,
        height: 60,
      });
      expect((await sharp(await shown(media.urls.thumb)).metadata()).pages).toBeUndefined();

      expect(await settled(ada, media)).toEqual({ ...media, status: 'ready' });
      for (const url of [media.urls.card, media.urls.full]) {
        const metadata = await sharp(await shown(url)).metadata();
        expect(metadata).toMatchObject({ format: 'webp', pages: 6, width: 60, loop: 0 });
        expect(metadata.delay).toEqual(Array(6).fill(100));
      }
      const { data, info } = await sharp(await shown(media.urls.full), { animated: true })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const redOf = (frame: number) => data[frame * 60 * 60 * info.channels]!;
      expect(redOf(5) - redOf(0)).toBeGreaterThan(150);
      expect((await sharp(await shown(media.urls.thumb)).metadata()).pages).toBeUndefined();
      await untilFiles(app, (files) => !files.some((file) => file.includes('originals')));
    },
  );

  it('is made small: large frames are reduced to 960 pixels', async () => {
    const media = await uploaded(ada, await animation('gif', 3, 1200));
    expect(media).toMatchObject({ width: 960, height: 960 });
    await settled(ada, media);
    const metadata = await sharp(await shown(media.urls.full)).metadata();
    expect(metadata).toMatchObject({ width: 960, height: 960, pages: 3 });
  });

  it('that turns out to be damaged fails, says so to its owner, and leaves no files', async () => {
    const media = await uploaded(ada, await damagedAnimation());
    expect(media.status).toBe('processing');
    expect((await settled(ada, media)).status).toBe('failed');
    await bytesOf(ada, media.urls.thumb).expect(404);
    const post = { content: 'Look', audience: 'public', mediaIds: [media.id] };
    await ada.post(`${API}/posts`).send(post).expect(400);
    await untilFiles(app, (files) => !files.some((file) => file.includes(media.id)));
  });
});

describe('the work on an animation', () => {
  /** An upload as a node leaves it that dies before its work is done. */
  const interrupted = async (attempts: number) => {
    const ownerId = await idOf(ada);
    const row = { ...(await uploaded(ada, await picture('png', 60, 60))), ownerId };
    const files = app.get(MediaFiles);
    await files.putOriginal(row.id, Readable.from(await animation('gif')));
    await app.get(Database).transaction(async (transaction) => {
      await transaction.run(
        sql`UPDATE media SET kind = 'animation', status = 'processing' WHERE id = ${row.id}`,
      );
      const job = { id: row.id, type: 'image/gif' };
      await app.get(Jobs).enqueue(transaction, 'media.process-animation', job);
      await transaction.run(
        sql`UPDATE jobs SET attempts = ${attempts} WHERE kind = 'media.process-animation'`,
      );
    });
    return row as Media;
  };

  it('is resumed when its process was killed', async () => {
    const media = await settled(ada, await interrupted(1));
    expect(media.status).toBe('ready');
    expect((await sharp(await shown(media.urls.full)).metadata()).pages).toBe(6);
    await untilFiles(app, (files) => !files.some((file) => file.includes('originals')));
  });

  it('is given up when it kills its process several times', async () => {
    const media = await settled(ada, await interrupted(4));
    expect(media.status).toBe('failed');
    await untilFiles(app, (files) => !files.some((file) => file.includes(media.id)));
  });

  it('leaves nothing when the upload is deleted meanwhile', async () => {
    const media = await uploaded(ada, await animation('gif', 40, 400));
    await ada.delete(`${API}/media/${media.id}`).expect(204);
    const left = () =>
      app
        .get(Database)
        .many(sql`SELECT id FROM jobs WHERE kind LIKE 'media.%' AND unique_key IS NULL`);
    await until('no job is left', async () => (await left()).length === 0);
    await untilFiles(app, (files) => !files.some((file) => file.includes(media.id)));
  });
});

describe('the bytes', () => {
  let media: Media;
  let whole: Buffer;
  beforeAll(async () => {
    media = await uploaded(ada, await picture('jpeg'));
    whole = await shown(media.urls.full);
  });
  const get = (headers: Record<string, string>) => bytesOf(ada, media.urls.full, headers);

  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=10-', 10, null],
    ['bytes=-7', -7, null],
    ['bytes=0-99999999', 0, null],
  ] as const)('come in part when a part is asked for: %s', async (range, first, last) => {
    const { body, headers } = await get({ Range: range }).expect(206);
    const part = whole.subarray(first, last === null ? undefined : last + 1);
    expect((body as Buffer).equals(part)).toBe(true);
    const from = first < 0 ? whole.length + first : first;
    expect(headers['content-range']).toBe(
      `bytes ${from}-${from + part.length - 1}/${whole.length}`,
    );
    expect(headers['content-length']).toBe(String(part.length));
  });

  it.each(['bytes=9-1', 'bytes=0-1,3-4', 'bytes=abc', 'lines=1-2', 'bytes=-'])(
    'come whole when the part makes no sense: %s',
    async (range) => {
      const { body, headers } = await get({ Range: range }).expect(200);
      expect((body as Buffer).equals(whole)).toBe(true);
      expect(headers['accept-ranges']).toBe('bytes');
      expect(headers).not.toHaveProperty('content-range');
    },
  );

  it.each(['bytes=99999999-', 'bytes=-0'])('are not there beyond their end: %s', async (range) => {
    const { body, headers } = await get({ Range: range }).expect(416);
    expect((body as Buffer).length).toBe(0);
    expect(headers['content-range']).toBe(`bytes */${whole.length}`);
  });

  it('are not sent again when the client has them', async () => {
    const { etag } = (await get({}).expect(200)).headers;
    expect(etag).toMatch(/^"[\w-]+"$/);
    for (const known of [etag!, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { body, headers } = await get({ 'If-None-Match': known }).expect(304);
      expect((body as Buffer).length).toBe(0);
      expect(headers.etag).toBe(etag);
    }
    await get({ 'If-None-Match': '"other"' }).expect(200);
    await get({ 'If-Range': etag!, Range: 'bytes=0-0' }).expect(206);
    await get({ 'If-Range': '"other"', Range: 'bytes=0-0' }).expect(200);
    await get({ 'If-Range': 'Wed, 21 Oct 2015 07:28:00 GMT', Range: 'bytes=0-0' }).expect(200);
    const thumb = await bytesOf(ada, media.urls.thumb).expect(200);
    expect(thumb.headers.etag).not.toBe(etag);
  });

  it('can be asked about', async () => {
    const { headers } = await ada.head(media.urls.full).set('Range', 'bytes=0-0').expect(200);
    expect(headers['content-length']).toBe(String(whole.length));
    expect(headers['content-type']).toBe('image/webp');
  });
});

describe('an upload that is attached to nothing', () => {
  it('is visible only to its owner: for others it does not exist', async () => {
    const media = await uploaded(ada, await picture('jpeg'));
    const absent = (
      await bruno.get(`${API}/media/0190a1b2-0000-7000-8000-000000000000`).expect(404)
    ).body;
    for (const path of [`${API}/media/${media.id}`, ...Object.values(media.urls).filter(Boolean)]) {
      const { body } = await bruno.get(path as string).expect(404);
      expect({ ...body, requestId: '' }).toEqual({ ...absent, requestId: '' });
      await app
        .anyone()
        .get(path as string)
        .expect(401);
    }
    await bruno.get(media.urls.full).set('If-None-Match', '*').expect(404);
    await bruno.get(media.urls.full).set('Range', 'bytes=0-1').expect(404);
    await bruno.patch(`${API}/media/${media.id}`).send({ alt: 'mine' }).expect(404);
    await bruno.delete(`${API}/media/${media.id}`).expect(404);
    await bruno
      .post(`${API}/posts`)
      .send({ content: 'Look', audience: 'public', mediaIds: [media.id] })
      .expect(400);
    await shown(media.urls.full);
  });

  it('can be deleted, with all its files', async () => {
    const media = await uploaded(ada, await picture('jpeg'));
    await ada.delete(`${API}/media/${media.id}`).expect(204);
    await ada.delete(`${API}/media/${media.id}`).expect(404);
    await ada.get(media.urls.full).expect(404);
    await untilFiles(app, (files) => !files.some((file) => file.includes(media.id)));
  });

  it('expires after a day, and nothing else does', async () => {
    const [old, young, used] = await Promise.all(
      [1, 2, 3].map(async () => uploaded(ada, await picture('jpeg'))),
    );
    const post = await ada
      .post(`${API}/posts`)
      .send({ content: 'Bees', audience: 'public', mediaIds: [used!.id] })
      .expect(201);
    const yesterday = new Date(Date.now() - 25 * 3600_000).toISOString();
    await app.get(Database).transaction(async (transaction) => {
      for (const { id } of [old!, used!])
        await transaction.run(sql`UPDATE media SET created_at = ${yesterday} WHERE id = ${id}`);
    });
    await app.get(MediaProcessing).expire();
    await ada.get(old!.urls.thumb).expect(404);
    await shown(young!.urls.thumb);
    await shown(used!.urls.thumb);
    await untilFiles(app, (files) => !files.some((file) => file.includes(old!.id)));
    await ada.delete(`${API}/media/${young!.id}`).expect(204);
    await ada.delete(`${API}/posts/${post.body.id}`).expect(204);
  });
});

describe('what is attached to a post', () => {
  const post = (mediaIds: string[], browser = ada) =>
    browser.post(`${API}/posts`).send({ content: 'Look', audience: 'public', mediaIds });

  it('is seen by those who see the post, in the order given, and cannot be deleted or used elsewhere', async () => {
    const media = [
      await uploaded(ada, await picture('jpeg')),
      await uploaded(ada, await picture('png')),
    ];
    const ids = media.map(({ id }) => id).reverse();
    const { body } = await post(ids).expect(201);
    expect(body.media.map(({ id }: Media) => id)).toEqual(ids);
    await bytesOf(bruno, media[0]!.urls.full).expect(200);
    await bruno.patch(`${API}/media/${ids[0]}`).send({ alt: 'mine' }).expect(403);
    await bruno.delete(`${API}/media/${ids[0]}`).expect(403);
    await ada.delete(`${API}/media/${ids[0]}`).expect(409);
    const refused = await post([ids[0]!]).expect(400);
    expect(refused.body.errors[0].field).toBe('mediaIds');
    await post([ids[0]!], bruno).expect(400);
    await ada.patch(`${API}/media/${ids[0]}`).send({ alt: 'Bees' }).expect(200);
  });

  it('is gone, files too, when it is left out of the edited post', async () => {
    const media = [
      await uploaded(ada, await picture('jpeg')),
      await uploaded(ada, await picture('png')),
      await uploaded(ada, await picture('webp')),
    ];
    const [first, second, third] = media.map(({ id }) => id) as [string, string, string];
    const { body } = await post([first, second]).expect(201);
    const edited = await ada
      .patch(`${API}/posts/${body.id}`)
      .send({ mediaIds: [third, second] })
      .expect(200);
    expect(edited.body.media.map(({ id }: Media) => id)).toEqual([third, second]);
    await ada.get(media[0]!.urls.thumb).expect(404);
    await untilFiles(app, (files) => !files.some((file) => file.includes(first)));
  });

  it('is refused when it is named twice, is no id, or does not exist', async () => {
    const { id } = await uploaded(ada, await picture('jpeg'));
    for (const ids of [[id, id], ['x'], ['0190a1b2-0000-7000-8000-000000000000', id]])
      await post(ids).expect(400);
    await post([id]).expect(201);
  });

  it('is attached to one of two posts that want it at once', async () => {
    const { id } = await uploaded(ada, await picture('jpeg'));
    const outcomes = await Promise.all([post([id]), post([id]), post([id])]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
  });

  it('is shown to nobody but its owner while it is being processed', async () => {
    const media = await uploaded(ada, await animation('gif', 40, 500));
    const { body } = await post([media.id]).expect(201);
    const [own, others] = await Promise.all([
      app.get(MediaService).of('post', [body.id], await idOf(ada)),
      app.get(MediaService).of('post', [body.id], await idOf(bruno)),
    ]);
    // The work may be done before the question is asked.
    const { status } = (await ada.get(`${API}/media/${media.id}`)).body as Media;
    if (status === 'processing') {
      expect(own.get(body.id)).toEqual([media]);
      expect(others.get(body.id)).toBeUndefined();
    }
    const asked = await bruno.get(media.urls.thumb);
    const after = (await ada.get(`${API}/media/${media.id}`)).body as Media;
    if (after.status === 'processing') expect(asked.status).toBe(404);
    expect((await settled(ada, media)).status).toBe('ready');
    await bytesOf(bruno, media.urls.full).expect(200);
  });
});

describe('a quota', () => {
  let small: TestApp;
  beforeAll(async () => {
    small = await startTestApp({ MEDIA_QUOTA_MB: '1' });
  });
  afterAll(() => small.close());

  it('holds, also when much comes at once, and deleting makes room', async () => {
    const chidi = await signUp(small, { email: 'chidi@example.org' });
    // Each of these takes about a third of a megabyte.
    const large = await sharp(noise(600, 600), { raw: { width: 600, height: 600, channels: 3 } })
      .png()
      .toBuffer();
    const outcomes = await Promise.all(Array.from({ length: 7 }, () => upload(chidi, large)));
    const kept = outcomes.filter(({ status }) => status === 201).map(({ body }) => body as Media);
    const refused = outcomes.filter(({ status }) => status === 400);
    expect(kept.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    expect(kept.length + refused.length).toBe(7);
    expect(refused[0]!.body.detail).toContain('1 MB');
    const [{ bytes }] = (await small
      .get(Database)
      .many<{ bytes: number }>(sql`SELECT sum(bytes) AS bytes FROM media`)) as [{ bytes: number }];
    expect(bytes).toBeLessThanOrEqual(1024 * 1024);
    await untilFiles(small, (files) => files.length === kept.length * 2);
    await upload(chidi, large).expect(400);
    for (const { id } of kept) await chidi.delete(`${API}/media/${id}`).expect(204);
    await upload(chidi, large).expect(201);
  });
});
