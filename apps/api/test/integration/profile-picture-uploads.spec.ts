import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import sharp from 'sharp';
import type { OwnProfile } from '@echomate/contracts/users.dto';
import { Access } from '../../src/access/access.service.js';
import { AuthService } from '../../src/modules/auth/auth.service.js';
import { MediaProcessing } from '../../src/modules/media/media-processing.service.js';
import { ProfilePicturesService } from '../../src/modules/media/profile-pictures.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { DiskStorage } from '../../src/platform/storage/disk-storage.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { registration, signUp } from '../support/people.js';
import { noise } from '../support/pictures.js';
import {
  expectAbsent,
  idIn,
  IMAGE,
  pathIn,
  PURPOSES,
  put,
  show,
  status,
  untilPictures,
} from '../support/profile-pictures.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';
import { filesOf, PROFILE_PICTURES } from '../support/uploads.js';

const place = neighbourhood();

const rows = (of: TestApp, purpose: string) =>
  of
    .get(Database)
    .many<{ id: string; ownerId: string | null; bytes: number }>(
      sql`SELECT id, owner_id AS "ownerId", bytes FROM media WHERE purpose = ${purpose} ORDER BY id`,
    );

describe('a profile picture as an upload', () => {
  it('has one row for as long as it is shown, and only if all of it was kept', async () => {
    const ada = await place.newPerson('Ada');
    const mine = async () =>
      (await rows(place.app, 'avatar')).filter(({ ownerId }) => ownerId === ada.id);
    const first = await show(ada, 'avatar');
    expect((await mine()).map(({ id }) => id)).toEqual([idIn(first)]);
    expect((await mine())[0]!.bytes).toBeGreaterThan(0);

    const files = await filesOf(place.app, PROFILE_PICTURES);
    const failing = jest
      .spyOn(DiskStorage.prototype, 'put')
      .mockRejectedValueOnce(new Error('The disk is full'));
    const receive = ({ path }: { path: string }) => writeFile(path, IMAGE);
    await expect(
      place.app.get(ProfilePicturesService).replace('avatar', ada.id, receive),
    ).rejects.toThrow('The disk is full');
    failing.mockRestore();
    expect(await status(ada, first)).toBe(200);
    expect((await mine()).map(({ id }) => id)).toEqual([idIn(first)]);
    await untilPictures(place.app, (now) => now.every((file) => files.includes(file)));

    await Promise.all([put(ada, 'avatar'), put(ada, 'avatar'), put(ada, 'avatar')]);
    const { body } = await ada.browser.get(`${API}/users/me`).expect(200);
    expect((await mine()).map(({ id }) => id)).toEqual([idIn(pathIn(body, 'avatar'))]);
  });

  it('that was never finished expires, one that is shown does not', async () => {
    const ada = await place.newPerson('Ada');
    const path = await show(ada, 'banner');
    const avatar = await show(ada, 'avatar');
    const longAgo = new Date(Date.now() - 25 * 3600_000).toISOString();
    await place.app.get(Database).transaction(async (transaction) => {
      await transaction.run(
        sql`UPDATE media SET created_at = ${longAgo} WHERE owner_id = ${ada.id}`,
      );
      await transaction.run(sql`UPDATE media SET status = 'processing' WHERE id = ${idIn(avatar)}`);
    });
    await place.app.get(MediaProcessing).expire();
    expect(await status(ada, path)).toBe(200);
    await untilPictures(place.app, (files) => !files.some((file) => file.includes(idIn(avatar))));
    expect(await status(ada, avatar)).toBe(404);
  });

  it('is not shown to others before all of it is kept', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    for (const purpose of PURPOSES) {
      const path = await show(ada, purpose);
      await place.app
        .get(Database)
        .transaction((transaction) =>
          transaction.run(sql`UPDATE media SET status = 'processing' WHERE id = ${idIn(path)}`),
        );
      await expectAbsent(bruno, path);
    }
  });

  it('is one of the few files that somebody may send at once', async () => {
    const ada = await place.newPerson('Ada');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        at % 2
          ? put(ada, 'avatar')
          : ada.browser.post(`${API}/media`).attach('file', IMAGE, 'a.png'),
      ),
    );
    const statuses = new Set(outcomes.map((outcome) => outcome.status));
    expect([...statuses].filter((one) => ![200, 201, 429].includes(one))).toEqual([]);
    expect(statuses).toContain(429);
    await put(ada, 'avatar').expect(200);
  });

  it('counts against the quota in place of the previous one', async () => {
    const small = await startTestApp({ MEDIA_QUOTA_MB: '1' });
    try {
      const ada = { browser: await signUp(small) } as Person;
      const side = { raw: { width: 1200, height: 400, channels: 3 } } as const;
      const large = await sharp(noise(1200, 400), side).png().toBuffer();
      await put(ada, 'banner', large).expect(200);
      const { bytes } = (await rows(small, 'banner'))[0]!;
      expect(bytes).toBeGreaterThan(300_000);
      // Something else fills what is left.
      await small.get(Database).transaction((transaction) =>
        transaction.run(sql`
          INSERT INTO media (id, owner_id, purpose, kind, status, width, height, placeholder, bytes, created_at)
          SELECT '01970000-0000-7000-8000-000000000001', owner_id, 'attachment', kind, status, width, height, placeholder,
            ${1024 * 1024 - bytes - 1000}, created_at FROM media`),
      );
      await put(ada, 'banner', large).expect(200);
      const refused = await put(ada, 'avatar', large).expect(400);
      expect(refused.body.errors[0].message).toContain('1 MB');
      expect(await rows(small, 'avatar')).toEqual([]);
    } finally {
      await small.close();
    }
  });
});

describe('the avatar of a registration', () => {
  const register = (email: string) => {
    const request = place.app.browser().post(`${API}/auth/register`);
    for (const [name, value] of Object.entries(registration({ email })))
      request.field(name, String(value));
    return request.attach('avatar', IMAGE, 'me.png').expect(202);
  };
  const waiting = () =>
    place.app
      .get(Database)
      .many<{ id: string }>(
        sql`SELECT id FROM media WHERE registration_id IS NOT NULL AND owner_id IS NULL`,
      );
  const isOnDisk = (id: string) => {
    const folder = join(place.app.config.dataDir, 'files/avatars', id);
    return existsSync(folder) && readdirSync(folder).length > 0;
  };

  it('is visible to nobody before the address is confirmed, and is deleted if it never is', async () => {
    const ada = await place.newPerson('Ada');
    await register('never@example.org');
    const [{ id }] = (await waiting()) as [{ id: string }];
    expect(isOnDisk(id)).toBe(true);
    for (const path of [
      `${API}/media/${id}/large`,
      `${API}/users/${ada.id}/avatar/${id}/large`,
      `${API}/users/${id}/avatar/${id}/large`,
    ])
      await expectAbsent(ada, path);
    const access = place.app.get(Access);
    expect(await access.canSee(ada.id, 'media', id)).toBe(false);
    expect(await access.audience('media', id, [ada.id])).toEqual(new Set());

    await place.app.get(Database).transaction(async (transaction) => {
      await transaction.run(
        sql`UPDATE registrations SET expires_at = ${new Date(0).toISOString()}`,
      );
      await transaction.run(
        sql`UPDATE media SET created_at = ${new Date(0).toISOString()} WHERE id = ${id}`,
      );
    });
    await place.app.get(MediaProcessing).expire();
    expect(await waiting()).toEqual([{ id }]);
    await place.app.get(AuthService)['cleanUp']();
    expect(await waiting()).toEqual([]);
    await untilPictures(place.app, (files) => !files.some((file) => file.includes(id)));
  });

  it('becomes the person’s; those of others who registered the same address stay until they expire', async () => {
    const email = 'twice@example.org';
    await register(email);
    const browser = place.app.browser();
    const request = browser.post(`${API}/auth/register`);
    for (const [name, value] of Object.entries(registration({ email })))
      request.field(name, String(value));
    await request.attach('avatar', IMAGE, 'me.png').expect(202);
    const both = (await waiting()).map(({ id }) => id).sort();
    expect(both).toHaveLength(2);
    const token = tokenIn(await place.app.mail(email, 2));
    await browser.post(`${API}/auth/email/verify`).send({ token }).expect(200);
    const me = (await browser.get(`${API}/users/me`).expect(200)).body as OwnProfile;
    const id = idIn(pathIn(me, 'avatar'));
    expect(both).toContain(id);
    expect(await status({ browser } as Person, pathIn(me, 'avatar'))).toBe(200);
    // If it went at once, whoever holds its cookie would learn that the address has an account now.
    const [other] = both.filter((one) => one !== id);
    expect(await waiting()).toEqual([{ id: other }]);
    await place.app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE registrations SET expires_at = ${new Date(0).toISOString()}`),
      );
    await place.app.get(AuthService)['cleanUp']();
    expect(await waiting()).toEqual([]);
    await untilPictures(place.app, (files) => !files.some((file) => file.includes(other!)));
    expect(isOnDisk(id)).toBe(true);
  });
});
