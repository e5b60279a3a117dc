import sharp from 'sharp';
import type { SiteLogo } from '@echomate/contracts/site.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { signUp } from '../support/people.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';
import { filesOf, untilFiles } from '../support/uploads.js';

let app: TestApp;
let admin: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  app = await startTestApp();
  admin = await signUp(app);
});
afterAll(() => app.close());

const drawing = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#2a7f62' } });
const send = (bytes: Buffer, who = admin) =>
  who.put(`${API}/admin/site/logo`).attach('file', bytes, 'logo.png');
const logo = async (): Promise<SiteLogo> =>
  (await app.anyone().get(`${API}/site`).expect(200)).body.logo;
const FOLDERS = ['files/site', 'scratch'];
const files = () => filesOf(app, FOLDERS);
const runJobsNow = () =>
  app
    .get(Database)
    .transaction((transaction) =>
      transaction.run(
        sql`UPDATE jobs SET run_at = ${new Date().toISOString()} WHERE kind = 'admin.remove-logo'`,
      ),
    );
const noJobs = () =>
  until('logos are removed', async () => {
    const waiting = await app
      .get(Database)
      .one(sql`SELECT id FROM jobs WHERE kind = 'admin.remove-logo' LIMIT 1`);
    return !waiting;
  });

describe('the logo of a site', () => {
  it('is shown to every visitor, in its own shape and as squares, without what the file told', async () => {
    const bytes = await drawing(1200, 300)
      .withExif({ IFD0: { Copyright: 'Somebody' } })
      .jpeg()
      .toBuffer();
    await send(bytes).expect(200);
    const { mark, width, height, icon, largeIcon } = await logo();
    expect({ width, height }).toEqual({ width: 384, height: 96 });
    const sizes = { [mark]: [384, 96], [icon]: [192, 192], [largeIcon]: [512, 512] };
    for (const [path, size] of Object.entries(sizes)) {
      const answer = await app.anyone().get(path).expect(200).expect('Content-Type', 'image/png');
      const picture = await sharp(answer.body).metadata();
      expect([picture.width, picture.height]).toEqual(size);
      expect(picture.exif).toBeUndefined();
    }
  });

  it('goes with its files when another one comes, and when it is removed', async () => {
    const before = await logo();
    await send(await drawing(64, 64).png().toBuffer()).expect(200);
    // The job of the upload that is shown waits for its hour.
    await untilFiles(app, (now) => now.length === 3, FOLDERS);
    await app.anyone().get(before.mark).expect(404);
    expect(await files()).toHaveLength(3);
    const { mark } = await logo();
    await app.anyone().get(mark.replace('/mark', '/other')).expect(404);
    await admin.delete(`${API}/admin/site/logo`).expect(200);
    expect(await logo()).toBeNull();
    await app.anyone().get(mark).expect(404);
    await runJobsNow();
    await noJobs();
    expect(await files()).toEqual([]);
  });

  it('stays when what waits to remove a failed upload runs late, and is one of two sent at once', async () => {
    const bytes = await drawing(64, 64).png().toBuffer();
    await Promise.all([send(bytes).expect(200), send(bytes).expect(200)]);
    await runJobsNow();
    await noJobs();
    expect(await files()).toHaveLength(3);
    await app
      .anyone()
      .get((await logo()).mark)
      .expect(200);
  });

  it('is a picture that can be read, and only an admin’s to choose', async () => {
    const before = await logo();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [svg, Buffer.from('no picture'), Buffer.from('\x89PNG\r\n\x1a\nbroken')])
      await send(bytes).expect(400);
    const ada = await signUp(app, { email: 'member@example.org' });
    await send(await drawing(9, 9).png().toBuffer(), ada).expect(403);
    await ada.delete(`${API}/admin/site/logo`).expect(403);
    expect(await logo()).toEqual(before);
    await runJobsNow();
    await noJobs();
    expect(await files()).toHaveLength(3);
  });
});
