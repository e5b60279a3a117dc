import type { DataExport } from '@echomate/contracts/leaving.dto';
import type { DataImport, OwnImport } from '@echomate/contracts/importing.dto';
import type { Import, Tally } from '../../src/modules/importing/entities/import.entity.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { expectGroupsToBeSound } from './groups.js';
import type { Person } from './neighbourhood.js';
import { PASSWORD } from './people.js';
import { expectCountsOfPosts, get, listsSettled } from './posts.js';
import { API, type TestApp } from './test-app.js';
import { until } from './until.js';
import { bytesOf } from './uploads.js';

/** All that somebody has, as they download it. */
export async function exportOf(who: Person): Promise<Buffer> {
  await who.browser.post(`${API}/users/me/export`).send({ password: PASSWORD }).expect(202);
  await until('the archive is ready', async () => {
    const made: DataExport | null = (await get(who, 'users/me/export')).export;
    return made?.state === 'ready';
  });
  return (await bytesOf(who.browser, `${API}/users/me/export/archive`).expect(200)).body as Buffer;
}

export const send = (who: Person, archive: Buffer, path = 'users/me/import') =>
  who.browser.post(`${API}/${path}`).attach('file', archive, 'echomate-data.zip');

export const importOf = async (who: Person): Promise<DataImport | null> =>
  ((await get(who, 'users/me/import')) as OwnImport).import;

/** What became of it, when it is over. */
export const ended = (who: Person): Promise<DataImport> =>
  until('the import has ended', async () => {
    const found = await importOf(who);
    return found?.finishedAt ? found : null;
  });

export async function importArchive(who: Person, archive: Buffer): Promise<DataImport> {
  await send(who, archive).expect(202);
  return ended(who);
}

/** What came with each import is counted with it. */
async function expectTalliesToBeRight(app: TestApp): Promise<void> {
  const database = app.get(Database);
  const sortedOf = (counts: object[]) => counts.map((one) => JSON.stringify(one)).sort();
  for (const { id, tally } of await database.many<Import>(sql`SELECT id, tally FROM imports`)) {
    const rows = await database.many<Tally>(sql`
      SELECT t.kind, t.left_out AS "leftOut", t.is_narrowed AS "isNarrowed", count(*) AS count
      FROM imported_things t WHERE t.import_id = ${id} GROUP BY t.kind, t.left_out, t.is_narrowed`);
    const real = rows.map(({ kind, leftOut, isNarrowed, count }) => ({
      kind,
      leftOut,
      isNarrowed: Boolean(isNarrowed),
      count: Number(count),
    }));
    expect(sortedOf(JSON.parse(tally))).toEqual(sortedOf(real));
  }
}

/** What came is counted with its import and wherever else it counts, after everything. */
export async function expectImportsToBeSound(app: TestApp): Promise<void> {
  await expectTalliesToBeRight(app);
  await listsSettled(app);
  await expectCountsOfPosts(app);
  await expectGroupsToBeSound(app);
}
