import { migrate } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { ADA, id, insertAll, NOW, person, withRelease } from '../support/earlier-releases.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Installations of this release knew the option that says no by its title. */
const BY_TITLE = MIGRATIONS.findIndex(({ name }) => name.startsWith('KnowWhoDeclines'));
const [GROUP, SERIES] = [id(10), id(11)] as const;

let created: TestDatabase;
beforeEach(async () => (created = await createTestDatabase({ isEmpty: true })));
afterEach(() => created.remove());

it('of the options that there are, those that say no are known', async () => {
  await withRelease(created, BY_TITLE, async (dataSource) => {
    await migrate(dataSource);
    await insertAll(dataSource, [
      person(ADA, 'Ada', null)
        .replace('role, created_at)', 'role, created_at, handle)')
        .replace(/\)$/, `, 'ada')`),
      `INSERT INTO groups (id, creator_id, title, description, search_text, member_count, created_at)
        VALUES ('${GROUP}', '${ADA}', 'Bees', '', '', 1, '${NOW}')`,
      `INSERT INTO event_series (id, group_id, creator_id, title, description, zone, starts_local, created_at, changed_at)
        VALUES ('${SERIES}', '${GROUP}', '${ADA}', 'Swarm evening', '', 'Europe/Berlin', '2027-05-14T19:30', '${NOW}', '${NOW}')`,
      ...['Going', 'Not going', 'By bike'].map(
        (title, at) => `INSERT INTO event_options (id, series_id, position, title)
          VALUES ('${id(20 + at)}', '${SERIES}', ${at}, '${title}')`,
      ),
    ]);
  });
  await withRelease(created, MIGRATIONS.length, async (dataSource) => {
    await migrate(dataSource);
    const declining = await dataSource.query('SELECT title FROM event_options WHERE is_decline');
    expect(declining).toEqual([{ title: 'Not going' }]);
  });
});
