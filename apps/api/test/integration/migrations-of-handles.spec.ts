import { isHandle } from '@echomate/contracts/handles';
import type { DataSource } from 'typeorm';
import { migrate, revertLast } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { id, NOW, withRelease } from '../support/earlier-releases.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Installations of this release had no handles. */
const WITHOUT_HANDLES = MIGRATIONS.findIndex(({ name }) => name.startsWith('GiveHandles'));

let created: TestDatabase;
beforeEach(async () => (created = await createTestDatabase({ isEmpty: true })));
afterEach(() => created.remove());

const NAMES = [
  ['Ada', 'Okafor', ' ada okafor', 'ada'],
  ['Ada', 'Okafor', ' ada okafor', 'ada.okafor'],
  ['ADA', 'Ókafor', ' ada okafor', 'ada.okafor2'],
  ['Zoë', 'Łoś', ' zoe łos', 'zoe'],
  ['Søren', 'Straße', ' søren straße', 'soren'],
  ['王', '小明', ' 王 小明', 'member2'],
  ['Admin', 'Istrator', ' admin istrator', 'admin.istrator'],
  ['O’Neill', 'x', ' o’neill x', 'oneill'],
] as const;
/** More than one portion. */
const MANY = 1203;

const inserted = (dataSource: DataSource, count: number) => {
  const rows = Array.from({ length: count }, (_, at) => {
    const [first, last, search] = NAMES[at] ?? ['Grace', `Hopper`, ' grace hopper'];
    return `('${id(at + 1)}', '${at}@example.org', 'x', '${first}', '${last}', '1990-12-31', 'public', 'me', 'me',
      'member', '${NOW}', '${search}')`;
  });
  return dataSource.query(`
    INSERT INTO users (id, email, password_hash, first_name, last_name, date_of_birth, visibility,
      email_visibility, date_of_birth_visibility, role, created_at, search_name) VALUES ${rows.join(', ')}`);
};

const people = async (dataSource: DataSource) => ({
  users: await dataSource.query('SELECT id, search_name FROM users ORDER BY id'),
  words: await dataSource.query('SELECT user_id, word FROM user_names ORDER BY user_id, word'),
});

it('everyone gets a handle of their own, loses it on the way down, and gets it again', async () => {
  await withRelease(created, WITHOUT_HANDLES, async (dataSource) => {
    await migrate(dataSource);
    await inserted(dataSource, MANY);
    await dataSource.query(
      `INSERT INTO user_names (word, user_id) SELECT substr(search_name, 2, 3), id FROM users`,
    );
    await dataSource.query(
      `INSERT INTO user_names (word, user_id) SELECT 'grace', id FROM users WHERE first_name = 'Grace'`,
    );
  });
  const before = await withRelease(created, WITHOUT_HANDLES, people);
  await withRelease(created, WITHOUT_HANDLES + 1, async (dataSource) => {
    await migrate(dataSource);
    const given = async (): Promise<{ handle: string; search_name: string }[]> =>
      dataSource.query('SELECT handle, search_name FROM users ORDER BY id');
    const first = await given();
    expect(first.slice(0, NAMES.length)).toEqual(
      NAMES.map(([, , search, handle]) => ({ handle, search_name: `${search} ${handle}` })),
    );
    expect(first.every(({ handle }) => isHandle(handle))).toBe(true);
    expect(new Set(first.map(({ handle }) => handle)).size).toBe(MANY);
    const words = await dataSource.query(
      `SELECT count(*) AS count FROM users u JOIN user_names n ON n.user_id = u.id AND n.word = u.handle`,
    );
    expect(Number(words[0].count)).toBe(MANY);
    await revertLast(dataSource);
    expect(await people(dataSource)).toEqual(before);
    await migrate(dataSource);
    expect(await given()).toEqual(first);
  });
});
