import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Media } from '@echomate/contracts/media.dto';
import type { signUp } from './people.js';
import { API, type TestApp } from './test-app.js';

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

/** Waits until nothing is `processing` any more. */
export async function settled(browser: Browser, { id }: Media): Promise<Media> {
  for (let wait = 0; wait < 600; wait++) {
    const { body } = await browser.get(`${API}/media/${id}`).expect(200);
    if (body.status !== 'processing') return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It is still being processed');
}

/** Every file of media that is on the disk, unfinished ones too. */
export async function filesOf(app: TestApp): Promise<string[]> {
  const found = await Promise.all(
    ['files/media', 'files/media-originals', 'scratch'].map((folder) =>
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

/** Removal is the work of jobs. */
export async function untilFiles(app: TestApp, isSo: (files: string[]) => boolean): Promise<void> {
  let files: string[] = [];
  for (let wait = 0; wait < 300; wait++) {
    files = await filesOf(app);
    if (isSo(files)) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`The files stayed: ${files.join('\n')}`);
}
