import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { migrate, revertLast } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import {
  ADA,
  BRUNO,
  COMMENT,
  id,
  insertAll,
  NOW,
  person,
  POST,
  withRelease,
} from '../support/earlier-releases.js';
import { signUp } from '../support/people.js';
import { API, startTestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { bytesOf } from '../support/uploads.js';

/** The release before had these many migrations. */
const BEFORE_SUBJECTS = MIGRATIONS.findIndex(({ name }) => name.startsWith('GiveMediaSubjects'));

let created: TestDatabase;

beforeEach(async () => (created = await createTestDatabase({ isEmpty: true })));
afterEach(() => created.remove());

describe('a database that an earlier release has filled with pictures and likes', () => {
  const [AVATAR, BANNER, WAITING, GONE] = [id(10), id(11), id(12), id(13)];
  const REGISTRATION = id(14);
  const addMedium = (medium: string, kind: string | null, subject: string | null, position = 0) => `
    INSERT INTO media (id, owner_id, kind, status, width, height, placeholder, alt, bytes, attached_kind, attached_id,
      position, created_at)
    VALUES ('${medium}', '${ADA}', 'image', 'ready', 40, 30, 'x', 'Bees', 700, ${kind ? `'${kind}'` : 'NULL'},
      ${subject ? `'${subject}'` : 'NULL'}, ${position}, '${NOW}')`;
  const addLike = (like: string, subject: string) =>
    `INSERT INTO likes (id, subject_id, user_id) VALUES ('${like}', '${subject}', '${BRUNO}')`;
  const addJob = (job: string, kind: string, payload: object) => `
    INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at)
    VALUES ('${job}', '${kind}', '${JSON.stringify(payload)}', 'waiting', '${NOW}', 0, '${NOW}')`;
  const [ORPHAN, LIKE_OF_NOTHING] = [id(20), id(21)];

  const fill = (dataSource: DataSource) =>
    insertAll(dataSource, [
      person(ADA, 'Ada', null),
      person(BRUNO, 'Bruno', null),
      `UPDATE users SET avatar_id = '${AVATAR}', banner_id = '${BANNER}' WHERE id = '${ADA}'`,
      `INSERT INTO registrations (id, email, password_hash, profile, avatar_id, created_at, expires_at)
        VALUES ('${REGISTRATION}', 'chidi@example.org', 'x', '{}', '${WAITING}', '${NOW}', '2999-01-01T00:00:00.000Z')`,
      `INSERT INTO posts (id, author_id, audience, content, created_at) VALUES ('${POST}', '${ADA}', 'public', 'Hi', '${NOW}')`,
      `INSERT INTO comments (id, post_id, author_id, content, created_at) VALUES ('${COMMENT}', '${POST}', '${BRUNO}', 'Hi', '${NOW}')`,
      addMedium(id(15), 'post', POST, 1),
      addMedium(id(16), 'comment', COMMENT),
      addMedium(id(17), null, null),
      addLike(id(18), POST),
      addLike(id(19), COMMENT),
      addJob(id(22), 'users.remove-picture', { kind: 'banner', id: GONE }),
      addJob(id(23), 'media.remove-files', { ids: [id(24), id(25)] }),
    ]);
  const kept = async (dataSource: DataSource) => ({
    users: await dataSource.query('SELECT id, avatar_id, banner_id FROM users ORDER BY id'),
    registrations: await dataSource.query('SELECT id, avatar_id FROM registrations'),
    media: await dataSource.query('SELECT * FROM media ORDER BY id'),
    likes: await dataSource.query('SELECT * FROM likes ORDER BY id'),
    jobs: await dataSource.query(
      `SELECT kind, payload FROM jobs WHERE kind <> 'search.rebuild' ORDER BY id`,
    ),
  });

  it('goes up, down and up again: pictures are media, and everything refers to its subject', async () => {
    const before = await withRelease(created, BEFORE_SUBJECTS, async (dataSource) => {
      await migrate(dataSource);
      await fill(dataSource);
      const filled = await kept(dataSource);
      // The migration removes what nothing references.
      await insertAll(dataSource, [
        addMedium(ORPHAN, 'post', GONE),
        addLike(LIKE_OF_NOTHING, GONE),
      ]);
      return filled;
    });
    const above = (dataSource: DataSource) =>
      Promise.all(
        [
          `SELECT id, owner_id, registration_id, purpose, status, post_id, comment_id, position, bytes, alt
            FROM media ORDER BY id`,
          'SELECT id, post_id, user_id FROM post_likes',
          'SELECT id, comment_id, user_id FROM comment_likes',
          'SELECT id, avatar_id, banner_id FROM users ORDER BY id',
          `SELECT kind, payload FROM jobs WHERE kind <> 'search.rebuild' ORDER BY id`,
        ].map((query) => dataSource.query(query)),
      );
    await withRelease(created, MIGRATIONS.length, async (dataSource) => {
      await migrate(dataSource);
      const up = await above(dataSource);
      const medium = (values: object) => ({
        owner_id: ADA,
        registration_id: null,
        purpose: 'attachment',
        status: 'ready',
        post_id: null,
        comment_id: null,
        position: 0,
        bytes: 700,
        alt: 'Bees',
        ...values,
      });
      const shown = { bytes: 0, alt: null };
      expect(up).toEqual([
        [
          medium({ id: AVATAR, purpose: 'avatar', ...shown }),
          medium({ id: BANNER, purpose: 'banner', ...shown }),
          medium({
            id: WAITING,
            owner_id: null,
            registration_id: REGISTRATION,
            purpose: 'avatar',
            ...shown,
          }),
          medium({ id: id(15), post_id: POST, position: 1 }),
          medium({ id: id(16), comment_id: COMMENT }),
          medium({ id: id(17) }),
          medium({ id: ORPHAN }),
        ],
        [{ id: id(18), post_id: POST, user_id: BRUNO }],
        [{ id: id(19), comment_id: COMMENT, user_id: BRUNO }],
        before.users,
        [
          {
            kind: 'media.remove-files',
            payload: JSON.stringify({ purpose: 'banner', ids: [GONE] }),
          },
          {
            kind: 'media.remove-files',
            payload: JSON.stringify({ purpose: 'attachment', ids: [id(24), id(25)] }),
          },
        ],
      ]);
      await dataSource.query(`DELETE FROM media WHERE id = '${ORPHAN}'`);
      const settled = await above(dataSource);
      for (let left = MIGRATIONS.length; left > BEFORE_SUBJECTS; left--)
        await revertLast(dataSource);
      expect(await kept(dataSource)).toEqual(before);
      await migrate(dataSource);
      expect(await above(dataSource)).toEqual(settled);
    });
  });

  it('still serves its pictures at their URLs, and removes those that were being deleted', async () => {
    await withRelease(created, BEFORE_SUBJECTS, async (dataSource) => {
      await migrate(dataSource);
      await fill(dataSource);
    });
    const folder = (kind: string, picture: string) =>
      join(created.environment.DATA_DIR, 'files', kind, picture);
    const put = async (kind: string, picture: string, size: string) => {
      await mkdir(folder(kind, picture), { recursive: true });
      await writeFile(join(folder(kind, picture), `${size}.webp`), `${kind} ${size}`);
    };
    await put('avatars', AVATAR, 'small');
    await put('avatars', AVATAR, 'large');
    await put('banners', BANNER, 'large');
    await put('banners', GONE, 'large');
    const app = await startTestApp({}, BODY_KINDS, { ...created, remove: async () => undefined });
    try {
      const chidi = await signUp(app, { email: 'chidi@example.net' });
      for (const [kind, picture, size] of [
        ['avatar', AVATAR, 'small'],
        ['avatar', AVATAR, 'large'],
        ['banner', BANNER, 'large'],
      ] as const) {
        const path = `${API}/users/${ADA}/${kind}/${picture}/${size}`;
        const { body } = await bytesOf(chidi, path).expect(200);
        expect((body as Buffer).toString()).toBe(`${kind}s ${size}`);
      }
      await until('the deleted one is gone', () => !existsSync(folder('banners', GONE)));
      expect(existsSync(folder('banners', BANNER))).toBe(true);
    } finally {
      await app.close();
    }
  });
});
