import sharp from 'sharp';
import type { Media } from '@echomate/contracts/media.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { MediaProcessing } from '../../src/modules/media/media-processing.service.js';
import { MediaService } from '../../src/modules/media/media.service.js';
import { signUp } from '../support/people.js';
import { animation, picture } from '../support/pictures.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import {
  bytesOf,
  filesOf,
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

  it('that is small is never enlarged', async () => {
    const media = await uploaded(ada, await picture('png', 40, 30));
    expect(media).toMatchObject({ width: 40, height: 30 });
    for (const url of [media.urls.thumb, media.urls.card, media.urls.full])
      expect(await sharp(await shown(url)).metadata()).toMatchObject({ width: 40, height: 30 });
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

  it('comes with a placeholder to paint until it is there', async () => {
    const media = await uploaded(ada, await picture('jpeg'));
    expect(Buffer.from(media.placeholder, 'base64').length).toBeGreaterThan(4);
    expect(media.placeholder.length).toBeLessThan(60);
  });

  it('can be described, and described anew', async () => {
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
