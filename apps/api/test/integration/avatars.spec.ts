import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { faultAt } from '../support/faults.js';
import { logIn, registration, signUp } from '../support/people.js';
import { blackPng, picture } from '../support/pictures.js';
import { processorSeconds } from '../support/processor-time.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

let app: TestApp;
let ada: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  app = await startTestApp();
  ada = await signUp(app);
});
afterAll(() => app.close());

const upload = (bytes: Buffer, name = 'me.png', browser = ada) =>
  browser.put(`${API}/users/me/avatar`).attach('file', bytes, name);
const bytesOf = (path: string, browser = ada) =>
  browser
    .get(path)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });
const keptPictures = () => {
  const folder = join(app.config.dataDir, 'files/avatars');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('a profile picture', () => {
  it.each(['jpeg', 'png', 'gif', 'webp'] as const)(
    'may be %s, whatever the file is called',
    async (format) => {
      const { body } = await upload(await picture(format), 'holiday.exe').expect(200);
      const response = await bytesOf(body.avatar.large).expect(200);
      expect(response.headers['content-type']).toBe('image/webp');
      expect(response.headers['cache-control']).toContain('private');
      expect(response.headers['cache-control']).toContain('immutable');
      const bytes = response.body as Buffer;
      const metadata = await sharp(bytes).metadata();
      expect(metadata).toMatchObject({
        format: 'webp',
        width: 640,
        height: 640,
      });
      expect(metadata).not.toHaveProperty('exif');
      expect(bytes.includes('SECRET')).toBe(false);
      const small = await sharp((await bytesOf(body.avatar.small)).body as Buffer).metadata();
      expect(small).toMatchObject({ width: 128, height: 128 });
    },
  );

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
    const { body } = await upload(wide).expect(200);
    const { data } = await sharp((await bytesOf(body.avatar.large)).body as Buffer)
      .resize(2, 1, { fit: 'fill' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    // Turned by a quarter: what was on top is now on the right.
    expect(data[2]!).toBeLessThan(data[0]!);
    expect(data[5]!).toBeGreaterThan(data[3]!);
  });

  it.each([
    ['text that calls itself a PNG', Buffer.from('hello, I am a picture')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    [
      'SVG with an XML head',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['HTML behind a GIF signature', Buffer.from('GIF89a<script>alert(1)</script>')],
    ['a JPEG that ends early', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['nothing', Buffer.alloc(0)],
  ])('is not %s', async (_, bytes) => {
    const before = keptPictures();
    const { body } = await upload(bytes).expect(400);
    expect(body.errors).toEqual([faultAt('file')]);
    // An earlier picture may still be on its way out; none may have come.
    expect(keptPictures().filter((id) => !before.includes(id))).toEqual([]);
  });

  it('is not a bomb of 40,000 × 40,000 pixels', async () => {
    const bomb = blackPng(40_000, 40_000);
    expect(bomb.length).toBeLessThan(5_000_000);
    expect(await processorSeconds(() => upload(bomb).expect(400))).toBeLessThan(2);
  });

  it('is not a type that is only declared', async () => {
    const pdf = Buffer.from('%PDF-1.4 not a picture');
    await ada
      .put(`${API}/users/me/avatar`)
      .attach('file', pdf, { filename: 'me.png', contentType: 'image/png' })
      .expect(400);
  });

  it('is one file of at most 10 MB, in the right field', async () => {
    const tooLarge = Buffer.alloc(10 * 1024 * 1024 + 1);
    (await picture('png')).copy(tooLarge);
    await upload(tooLarge).expect(413);
    await ada
      .put(`${API}/users/me/avatar`)
      .attach('other', await picture('png'), 'me.png')
      .expect(400);
    await ada
      .put(`${API}/users/me/avatar`)
      .attach('file', await picture('png'), 'a.png')
      .attach('file', await picture('png'), 'b.png')
      .expect(400);
    await ada.put(`${API}/users/me/avatar`).send({}).expect(400);
    await app
      .anyone()
      .put(`${API}/users/me/avatar`)
      .attach('file', await picture('png'), 'me.png')
      .expect(401);
  });

  it('is for signed-in people, under its own address only, and gone with its bytes once replaced', async () => {
    const first = (await upload(await picture('png')).expect(200)).body.avatar;
    await app.anyone().get(first.small).expect(401);
    const bruno = await signUp(app, { email: 'bruno@example.org' });
    await bytesOf(first.small, bruno).expect(200);
    await bytesOf(first.small.replace(/small$/, 'huge'), bruno).expect(404);
    await bytesOf(first.small.replace(/small$/, '..%2f..%2fsmall'), bruno).expect(404);
    const { body } = await bruno.get(`${API}/users/me`).expect(200);
    await bytesOf(first.small.replace(/users\/[^/]+/, `users/${body.id}`), bruno).expect(404);

    const second = (await upload(await picture('jpeg')).expect(200)).body.avatar;
    expect(second.small).not.toBe(first.small);
    await bytesOf(first.small).expect(404);
    await bytesOf(second.small).expect(200);
    expect((await ada.delete(`${API}/users/me/avatar`).expect(200)).body.avatar).toBeNull();
    await bytesOf(second.small).expect(404);
    await until('no picture is kept', () => keptPictures().length === 0);
  });

  it('can come with the registration, and only becomes visible with the account', async () => {
    const browser = app.browser();
    const send = (avatar: Buffer) => {
      const request = browser.post(`${API}/auth/register`);
      for (const [name, value] of Object.entries(
        registration({ email: 'chidi@example.org', nickname: 'chi' }),
      ))
        request.field(name, String(value));
      return request.attach('avatar', avatar, 'me.jpg');
    };
    const refused = await send(Buffer.from('not a picture')).expect(400);
    expect(refused.body.errors[0].field).toBe('avatar');
    await send(await picture('jpeg')).expect(202);
    await browser
      .post(`${API}/auth/email/verify`)
      .send({ token: tokenIn(await app.mail('chidi@example.org')) })
      .expect(200);
    const { body } = await browser.get(`${API}/users/me`).expect(200);
    expect(body.nickname).toBe('chi');
    await bytesOf(body.avatar.small, browser).expect(200);
  });

  it('leaves one picture when two are set at once', async () => {
    const browser = await logIn(app, 'bruno@example.org');
    const [a, b] = await Promise.all([picture('png'), picture('jpeg')]);
    const outcomes = await Promise.all([upload(a, 'a.png', browser), upload(b, 'b.jpg', browser)]);
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200]);
    const { body } = await browser.get(`${API}/users/me`).expect(200);
    const alive = await Promise.all(
      outcomes.map(async (outcome) => (await bytesOf(outcome.body.avatar.small, browser)).status),
    );
    expect(alive.sort()).toEqual([200, 404]);
    await bytesOf(body.avatar.large, browser).expect(200);
  });
});

describe('the own profile', () => {
  it('changes the named fields and no others', async () => {
    const before = (await ada.get(`${API}/users/me`).expect(200)).body;
    const after = (
      await ada.patch(`${API}/users/me`).send({ nickname: ' Adi ', about: 'Bees.' }).expect(200)
    ).body;
    expect(after).toEqual({ ...before, nickname: 'Adi', about: 'Bees.' });
    expect(
      (await ada.patch(`${API}/users/me`).send({ nickname: '' }).expect(200)).body.nickname,
    ).toBeNull();
    expect((await ada.patch(`${API}/users/me`).send({}).expect(200)).body.about).toBe('Bees.');
    expect((await ada.get(`${API}/users/me`).expect(200)).body).toEqual({
      ...before,
      nickname: null,
      about: 'Bees.',
    });
  });

  it.each([
    ['a role', { role: 'admin' }],
    ['an email', { email: 'other@example.org' }],
    ['an empty name', { firstName: '' }],
    ['a name of nothing', { firstName: null }],
    ['a visibility of nothing', { emailVisibility: null }],
    ['a list', { nickname: ['a'] }],
  ])('cannot be given %s', async (_, changes) => {
    await ada.patch(`${API}/users/me`).send(changes).expect(400);
  });

  it('turns private and public', async () => {
    expect(
      (await ada.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200)).body
        .visibility,
    ).toBe('private');
    expect(
      (await ada.put(`${API}/users/me/privacy`).send({ visibility: 'public' }).expect(200)).body
        .visibility,
    ).toBe('public');
    await ada.put(`${API}/users/me/privacy`).send({ visibility: 'hidden' }).expect(400);
    await ada.put(`${API}/users/me/privacy`).send({}).expect(400);
  });
});
