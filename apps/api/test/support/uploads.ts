import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Media } from '@echomate/contracts/media.dto';
import type { signUp } from './people.js';
import { API, type TestApp } from './test-app.js';
import { until } from './until.js';

export type Browser = Awaited<ReturnType<typeof signUp>>;

export const upload = (browser: Browser, bytes: Buffer, name = 'holiday.jpg') =>
  browser.post(`${API}/media`).attach('file', bytes, name);

export const uploaded = async (browser: Browser, bytes: Buffer): Promise<Media> =>
  (await upload(browser, bytes).expect(201)).body;

/** The bytes behind an address, whatever they are. */
export const bytesOf = (browser: Browser, path: string, headers: Record<string, string> = {}) =>
  browser
    .get(path)
    .set(headers)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });

/** A slow machine takes its time for a video. */
const PROCESSING_MS = 120_000;

/** Waits until nothing is `processing` any more. */
export async function settled(browser: Browser, { id }: Media): Promise<Media> {
  return until(
    'the upload is processed',
    async () => {
      const { body } = await browser.get(`${API}/media/${id}`).expect(200);
      return body.status === 'processing' ? null : (body as Media);
    },
    PROCESSING_MS,
  );
}

const UPLOADS = ['files/media', 'files/media-originals', 'scratch'];
export const PROFILE_PICTURES = ['files/avatars', 'files/banners', 'scratch'];

/** Every file of uploads, or in these folders, that is on the disk, unfinished ones too. */
export async function filesOf(app: TestApp, folders = UPLOADS): Promise<string[]> {
  const found = await Promise.all(
    folders.map((folder) =>
      readdir(join(app.config.dataDir, folder), { recursive: true, withFileTypes: true }).catch(
        () => [],
      ),
    ),
  );
  return found
    .flat()
    .filter((entry) => entry.isFile() || entry.name.startsWith('work-'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files are removed by jobs. */
export async function untilFiles(
  app: TestApp,
  isSo: (files: string[]) => boolean,
  folders = UPLOADS,
): Promise<void> {
  let files: string[] = [];
  await until('the files are as they should be', async () => {
    files = await filesOf(app, folders);
    return isSo(files);
  }).catch((error: Error) => {
    error.message += `, but there are:\n${files.join('\n')}`;
    throw error;
  });
}
