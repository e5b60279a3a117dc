import sharp from 'sharp';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { faultAt } from '../support/faults.js';
import { logIn, signUp } from '../support/people.js';
import { picture } from '../support/pictures.js';
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
import { videoFile, hasFfmpeg, probed, turned } from '../support/videos.js';

/** The beginning of an MP4, enough to be known as one. */
const MP4 = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom\0\0\x02\0isomiso2', 'latin1'),
  Buffer.alloc(500),
]);

describe('where ffmpeg is missing', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ FFMPEG_PATH: '/nowhere/ffmpeg' });
  });
  afterAll(() => app.close());

  it('a video is refused with a sentence that says so, and pictures work', async () => {
    const ada = await signUp(app);
    const session = await ada.get(`${API}/auth/session`).expect(200);
    expect(session.body.takesVideos).toBe(false);
    const { body } = await upload(ada, MP4, 'video.mp4').expect(400);
    expect(body.errors).toEqual([faultAt('file', 'no-videos')]);
    await upload(ada, await picture('jpeg')).expect(201);
    expect(await filesOf(app)).toHaveLength(2);
  });
});

describe('a video, where ffmpeg is found,', () => {
  let app: TestApp;
  let ada: Browser;
  let bruno: Browser;
  beforeAll(async () => {
    app = await startTestApp();
    ada = await signUp(app);
    bruno = await signUp(app, { email: 'bruno@example.org' });
  });
  afterAll(() => app.close());

  /** Every machine checks something: without ffmpeg, that videos are refused. */
  const itPlays = (name: string, test: () => Promise<void>) =>
    it(name, async () => {
      if (hasFfmpeg) await test();
      else await upload(ada, MP4, 'video.mp4').expect(400);
    });
  const refused = async (bytes: Buffer) => {
    // The work on earlier videos must not be taken for what this one leaves behind.
    await untilFiles(app, (files) => !files.some((file) => /originals|scratch/.test(file)));
    const before = await filesOf(app);
    const { body } = await upload(ada, bytes, 'video.mp4').expect(400);
    expect(body.errors[0].field).toBe('file');
    expect(await filesOf(app)).toEqual(before);
    return body.detail as string;
  };

  for (const format of ['mp4', 'mov', 'webm'] as const)
    itPlays(`may be ${format}, and becomes an MP4 that every browser plays`, async () => {
      const media = await uploaded(ada, videoFile({ format }));
      expect(media).toMatchObject({ kind: 'video', status: 'processing', width: 320, height: 180 });
      await ada.get(media.urls.video!).expect(404);
      const poster = (await bytesOf(ada, media.urls.full).expect(200)).body as Buffer;
      expect(await sharp(poster).metadata()).toMatchObject({
        format: 'webp',
        width: 320,
        height: 180,
      });

      const ready = await settled(ada, media);
      expect(ready.status).toBe('ready');
      expect(ready.durationMs).toBeGreaterThan(1900);
      expect(ready.durationMs).toBeLessThan(2200);
      const { body, headers } = await bytesOf(ada, ready.urls.video!).expect(200);
      expect(headers['content-type']).toBe('video/mp4');
      const { streams, format: container } = probed(body as Buffer);
      expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac']);
      expect(streams[0]).toMatchObject({ width: 320, height: 180, pix_fmt: 'yuv420p' });
      expect(JSON.stringify(container.tags)).not.toMatch(/SECRET|52\.52/);
      expect((body as Buffer).includes('SECRET')).toBe(false);
      // The index stands before the pictures, so that it plays while it loads.
      const bytes = body as Buffer;
      expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
      await untilFiles(app, (files) => !files.some((file) => file.includes('originals')));
    });

  itPlays('that is large, turned or without sound fits every screen', async () => {
    const large = videoFile({ size: '1920x1080', seconds: 1, more: ['-an'] });
    const media = await settled(ada, await uploaded(ada, large));
    expect(media).toMatchObject({ status: 'ready', width: 1280, height: 720 });
    const { streams } = probed((await bytesOf(ada, media.urls.video!)).body as Buffer);
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatchObject({ width: 1280, height: 720 });
    const upright = await settled(ada, await uploaded(ada, turned(videoFile({ seconds: 1 }))));
    expect(upright).toMatchObject({ status: 'ready', width: 180, height: 320 });
    const { streams: shown } = probed((await bytesOf(ada, upright.urls.video!)).body as Buffer);
    expect(shown[0]).toMatchObject({ width: 180, height: 320 });
    const odd = await settled(ada, await uploaded(ada, videoFile({ size: '202x358', seconds: 1 })));
    expect(odd).toMatchObject({ status: 'ready', width: 202, height: 358 });
  });

  itPlays('is not lost when the server stops in the middle of the work', async () => {
    const first = await startTestApp();
    const chidi = await signUp(first, { email: 'chidi@example.org' });
    const media = await uploaded(chidi, videoFile({ size: '1920x1080', seconds: 20 }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await chidi.get(`${API}/media/${media.id}`)).body.status).toBe('processing');
    await first.app.close();

    const second = await startTestApp(first.environment);
    try {
      // It was not worked to its end.
      const row = await second
        .get(Database)
        .one<{ status: string }>(sql`SELECT status FROM media WHERE id = ${media.id}`);
      expect(row!.status).toBe('processing');
      const again = await logIn(second, 'chidi@example.org');
      expect((await settled(again, media)).status).toBe('ready');
      await untilFiles(second, (files) => !files.some((file) => file.includes('scratch')));
    } finally {
      await second.close();
      await first.close();
    }
  });

  itPlays('comes in parts, as players ask for it, and is seen with the post it is in', async () => {
    const media = await settled(ada, await uploaded(ada, videoFile({ seconds: 1 })));
    await bruno.get(media.urls.video!).expect(404);
    const post = (mediaIds: string[]) =>
      ada.post(`${API}/posts`).send({ content: 'Look', audience: 'public', mediaIds });
    const { id } = await uploaded(ada, await picture('jpeg'));
    await post([media.id, id]).expect(400);
    const posted = await post([media.id]).expect(201);
    const another = await settled(ada, await uploaded(ada, videoFile({ seconds: 1 })));
    const comment = await ada
      .post(`${API}/posts/${posted.body.id}/comments`)
      .send({ content: 'And this', mediaId: another.id })
      .expect(400);
    expect(comment.body.errors).toEqual([faultAt('mediaId', 'no-video-in-comment')]);
    const whole = (await bytesOf(bruno, media.urls.video!).expect(200)).body as Buffer;
    const part = await bytesOf(bruno, media.urls.video!, { Range: 'bytes=100-199' }).expect(206);
    expect((part.body as Buffer).equals(whole.subarray(100, 200))).toBe(true);
  });

  itPlays('that lasts too long is refused at once', async () => {
    expect(await refused(videoFile({ seconds: 200, size: '32x32', more: ['-r', '1'] }))).toContain(
      '3 minutes',
    );
  });

  itPlays(
    'that does not say how long it lasts is measured, and fails if it is too long',
    async () => {
      const live = { format: 'webm' as const, more: ['-live', '1'] };
      const short = await uploaded(ada, videoFile({ ...live, seconds: 1 }));
      expect(short.durationMs).toBeNull();
      const ready = await settled(ada, short);
      expect(ready.status).toBe('ready');
      expect(ready.durationMs).toBeGreaterThan(900);
      const long = videoFile({
        ...live,
        size: '32x32',
        seconds: 200,
        more: ['-r', '1', ...live.more],
      });
      const failed = await settled(ada, await uploaded(ada, long));
      expect(failed.status).toBe('failed');
      await untilFiles(app, (files) => !files.some((file) => file.includes(failed.id)));
    },
  );

  itPlays('of a kind that no camera makes is refused', async () => {
    await refused(videoFile({ seconds: 1, more: ['-c:v', 'mpeg2video', '-b:v', '500k'] }));
  });

  itPlays('that is only sound, damaged, or cut off is refused', async () => {
    expect(await refused(videoFile({ seconds: 1, more: ['-vn'] }))).toContain('no video');
    await refused(MP4);
    const whole = videoFile({ seconds: 1 });
    await refused(whole.subarray(0, Math.floor(whole.length / 2)));
  });

  itPlays('cannot make the server read other files or fetch addresses', async () => {
    const playlist = Buffer.from(
      `ftyp#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n`,
    );
    await refused(playlist);
    await refused(Buffer.concat([Buffer.from([0, 0, 0, 8]), playlist]));
    await refused(Buffer.from('ffconcat version 1.0\nfile /etc/passwd\n'));
  });
});
