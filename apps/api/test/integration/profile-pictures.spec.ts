import sharp from 'sharp';
import { Access } from '../../src/access/access.service.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import {
  expectAbsent,
  idIn,
  IMAGE,
  PURPOSES,
  show,
  status,
  untilPictures,
} from '../support/profile-pictures.js';
import { API } from '../support/test-app.js';
import { bytesOf, uploaded } from '../support/uploads.js';

const place = neighbourhood();

describe.each(PURPOSES)('the bytes of a person’s %s', (purpose) => {
  const isAvatar = purpose === 'avatar';
  let ada: Person;
  let bruno: Person;
  let path: string;
  beforeEach(async () => {
    ada = await place.newPerson('Ada');
    bruno = await place.newPerson('Bruno');
    path = await show(ada, purpose);
  });

  it('are for those who are signed in', async () => {
    await place.app.anyone().get(path).expect(401);
    expect(await status(bruno, path)).toBe(200);
    expect(await status(ada, path)).toBe(200);
  });

  it('are not for people on either side of a block', async () => {
    for (const [who, whom] of [
      [ada, bruno],
      [bruno, ada],
    ] as const) {
      await who.browser.put(`${API}/users/me/blocks/${whom.id}`).expect(204);
      await expectAbsent(bruno, path);
      expect(await status(ada, path)).toBe(200);
      await who.browser.delete(`${API}/users/me/blocks/${whom.id}`).expect(204);
      expect(await status(bruno, path)).toBe(200);
    }
  });

  it(`are ${isAvatar ? 'for everyone' : 'for followers alone'} when the profile is private`, async () => {
    await follow(bruno, ada).expect(200);
    const chidi = await place.newPerson('Chidi');
    await ada.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    expect(await status(bruno, path)).toBe(200);
    expect(await status(chidi, path)).toBe(isAvatar ? 200 : 404);
    await follow(chidi, ada).expect(200);
    expect(await status(chidi, path)).toBe(isAvatar ? 200 : 404);
    await bruno.browser.delete(`${API}/users/${ada.id}/follow`).expect(204);
    expect(await status(bruno, path)).toBe(isAvatar ? 200 : 404);
    if (!isAvatar) await expectAbsent(bruno, path);
  });

  it('are gone for everyone, from the disk too, when it is replaced or removed', async () => {
    const second = await show(ada, purpose);
    for (const who of [ada, bruno]) await expectAbsent(who, path);
    expect(await status(bruno, second)).toBe(200);
    await ada.browser.delete(`${API}/users/me/${purpose}`).expect(200);
    for (const who of [ada, bruno]) await expectAbsent(who, second);
    await untilPictures(
      place.app,
      (files) => !files.some((file) => file.includes(idIn(path)) || file.includes(idIn(second))),
    );
    await ada.browser.delete(`${API}/users/me/${purpose}`).expect(200);
  });

  it('answer under the person’s own address only', async () => {
    const other = isAvatar ? 'banner' : 'avatar';
    const id = idIn(path);
    for (const wrong of [
      path.replace(ada.id, bruno.id),
      path.replace(`/${purpose}/`, `/${other}/`),
      ...['thumb', 'card', 'full', 'video', 'original', 'constructor', '__proto__', '%00'].map(
        (size) => path.replace(/large$/, size),
      ),
    ])
      expect([wrong, await status(ada, wrong)]).toEqual([wrong, 404]);
    if (!isAvatar) await expectAbsent(ada, path.replace(/large$/, 'small'));
    for (const who of [ada, bruno]) {
      await who.browser.get(`${API}/media/${id}`).expect(404);
      for (const variant of ['small', 'large', 'thumb', 'card', 'full'])
        await expectAbsent(who, `${API}/media/${id}/${variant}`);
      await who.browser.patch(`${API}/media/${id}`).send({ alt: 'mine' }).expect(404);
      await who.browser.delete(`${API}/media/${id}`).expect(404);
    }
    expect(await status(bruno, path)).toBe(200);
  });

  it('are part of nothing else, and nothing else is shown as them', async () => {
    const id = idIn(path);
    const post = { content: 'Look', audience: 'public' };
    await ada.browser
      .post(`${API}/posts`)
      .send({ ...post, mediaIds: [id] })
      .expect(400);
    const { body } = await ada.browser.post(`${API}/posts`).send(post).expect(201);
    await ada.browser
      .post(`${API}/posts/${body.id}/comments`)
      .send({ content: 'Look', mediaId: id })
      .expect(400);
    const { id: attachment } = await uploaded(ada.browser, IMAGE);
    for (const size of ['small', 'large', 'full'])
      await expectAbsent(ada, `${API}/users/${ada.id}/${purpose}/${attachment}/${size}`);
  });

  it('follow the rule in each of its forms', async () => {
    const chidi = await place.newPerson('Chidi');
    await ada.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    await bruno.browser.put(`${API}/users/me/blocks/${ada.id}`).expect(204);
    const access = place.app.get(Access);
    const id = idIn(path);
    const expected = isAvatar ? [ada.id, chidi.id] : [ada.id];
    const everyone = [ada.id, bruno.id, chidi.id];
    expect(await access.audience('media', id, everyone)).toEqual(new Set(expected));
    for (const viewerId of everyone) {
      const sees = expected.includes(viewerId);
      expect(await access.canSee(viewerId, 'media', id)).toBe(sees);
      expect(await access.visible(viewerId, 'media', [id])).toEqual(new Set(sees ? [id] : []));
    }
  });

  it('come whole, in part or not again, and are told apart', async () => {
    const whole = await bytesOf(bruno.browser, path).expect(200);
    expect(whole.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    const part = await bytesOf(bruno.browser, path, { Range: 'bytes=0-9' }).expect(206);
    expect((part.body as Buffer).equals((whole.body as Buffer).subarray(0, 10))).toBe(true);
    expect(await status(bruno, path, { 'If-None-Match': whole.headers['etag']! })).toBe(304);
    const metadata = await sharp(whole.body as Buffer).metadata();
    expect(metadata).toMatchObject(
      isAvatar ? { width: 640, height: 640 } : { width: 1500, height: 500 },
    );
  });
});
