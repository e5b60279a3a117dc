import type { DataExport } from '@echomate/contracts/leaving.dto';
import type { DataImport, OwnImport } from '@echomate/contracts/importing.dto';
import type { Person } from './neighbourhood.js';
import { PASSWORD } from './people.js';
import { get } from './posts.js';
import { API } from './test-app.js';
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
