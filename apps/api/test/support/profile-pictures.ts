import type { OwnProfile } from '@echomate/contracts/users.dto';
import type { Person } from './neighbourhood.js';
import { picture } from './pictures.js';
import { API, type TestApp } from './test-app.js';
import { bytesOf, PROFILE_PICTURES, untilFiles } from './uploads.js';

export const PURPOSES = ['avatar', 'banner'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const IMAGE = await picture('png', 60, 40);

export const put = (who: Person, purpose: Purpose, bytes = IMAGE) =>
  who.browser.put(`${API}/users/me/${purpose}`).attach('file', bytes, 'me.png');

/** The address of the large one. */
export const pathIn = (me: OwnProfile, purpose: Purpose): string =>
  (purpose === 'avatar' ? me.avatar?.large : me.banner)!;

export const show = async (who: Person, purpose: Purpose): Promise<string> =>
  pathIn((await put(who, purpose).expect(200)).body, purpose);

export const idIn = (path: string): string => path.split('/').at(-2)!;

export const status = async (
  who: Person,
  path: string,
  headers?: Record<string, string>,
): Promise<number> => (await bytesOf(who.browser, path, headers)).status;

/** Files are removed by jobs. */
export const untilPictures = (app: TestApp, isSo: (files: string[]) => boolean): Promise<void> =>
  untilFiles(app, isSo, PROFILE_PICTURES);

/** Every way of requesting it answers as if it did not exist. */
export async function expectAbsent(who: Person, path: string): Promise<void> {
  const ways: Record<string, string>[] = [{}, { 'If-None-Match': '*' }, { Range: 'bytes=0-1' }];
  for (const headers of ways) expect(await status(who, path, headers)).toBe(404);
  expect((await who.browser.head(path)).status).toBe(404);
}
