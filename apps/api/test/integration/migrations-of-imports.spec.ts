import { migrate, revertLast } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { ADA, id, insertAll, NOW, person, withRelease } from '../support/earlier-releases.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Installations of this release counted what had come with an import whenever they were asked. */
const WITHOUT_TALLIES = MIGRATIONS.findIndex(({ name }) => name.startsWith('CountWhatWasImported'));
const [DONE, REFUSED] = [id(20), id(21)] as const;

let created: TestDatabase;
beforeEach(async () => (created = await createTestDatabase({ isEmpty: true })));
afterEach(() => created.remove());

const imported = (importId: string) => `
  INSERT INTO imports (id, user_id, state, total, created_at)
  VALUES ('${importId}', '${ADA}', 'done', 0, '${NOW}')`;
const thing = (number: number, kind: string, leftOut: string | null, isNarrowed: boolean) => `
  INSERT INTO imported_things (id, user_id, import_id, origin, kind, original_id, left_out, is_narrowed)
  VALUES ('${id(number)}', '${ADA}', '${DONE}', 'http://club.example', '${kind}', '${id(number)}',
    ${leftOut ? `'${leftOut}'` : 'NULL'}, ${isNarrowed})`;

it('what came with imports is counted for those that there are, up again after down', async () => {
  await withRelease(created, WITHOUT_TALLIES, async (dataSource) => {
    await migrate(dataSource);
    await insertAll(dataSource, [
      person(ADA, 'Ada', null)
        .replace('role, created_at)', 'role, created_at, handle)')
        .replace(/\)$/, `, 'ada')`),
      ...[DONE, REFUSED].map(imported),
      ...[
        thing(30, 'post', null, false),
        thing(31, 'post', null, false),
        thing(32, 'post', null, true),
        thing(33, 'media', 'unreadable', false),
      ],
    ]);
  });
  await withRelease(created, MIGRATIONS.length, async (dataSource) => {
    await migrate(dataSource);
    while (
      await dataSource.query('SELECT tally FROM imports').then(
        () => true,
        () => false,
      )
    )
      await revertLast(dataSource);
    await migrate(dataSource);
    const rows = (await dataSource.query('SELECT id, tally FROM imports ORDER BY id')) as {
      id: string;
      tally: string;
    }[];
    expect(rows.map(({ id: importId }) => importId)).toEqual([DONE, REFUSED]);
    const [done, refused] = rows.map(({ tally }) => JSON.parse(tally) as object[]);
    expect(refused).toEqual([]);
    expect(done).toHaveLength(3);
    expect(done).toEqual(
      expect.arrayContaining([
        { kind: 'post', leftOut: null, isNarrowed: false, count: 2 },
        { kind: 'post', leftOut: null, isNarrowed: true, count: 1 },
        { kind: 'media', leftOut: 'unreadable', isNarrowed: false, count: 1 },
      ]),
    );
  });
});
