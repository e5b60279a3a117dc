import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { DataExport } from '@echomate/contracts/leaving.dto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { setClock } from '../../src/platform/clock.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { PersonalDataRegistry } from '../../src/platform/personal-data/personal-data.js';
import { FileStorage } from '../../src/platform/storage/file-storage.js';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { ExportContents } from '../../src/modules/leaving/export-contents.service.js';
import { zipOf } from '../../src/platform/storage/zip.js';
import { insertPost } from '../support/rows.js';
import { turnsDuring } from '../support/processor-time.js';
import { EXPORT_SCHEMA } from '../../src/modules/leaving/export-schema.js';
import { unzipped } from '../support/archives.js';
import { between, listOf, roomOf, said } from '../support/chat.js';
import { found, leave, letIn } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { logIn, PASSWORD } from '../support/people.js';
import { comment, get, listsSettled, upload, write } from '../support/posts.js';
import { API } from '../support/test-app.js';
import { bytesOf } from '../support/uploads.js';
import { until } from '../support/until.js';

const DAY_MS = 24 * 3600_000;
const place = neighbourhood();

const start = (who: Person, password = PASSWORD) =>
  who.browser.post(`${API}/users/me/export`).send({ password });
const own = async (who: Person): Promise<DataExport | null> =>
  (await get(who, 'users/me/export')).export;
const archive = (browser: Person['browser']) => bytesOf(browser, `${API}/users/me/export/archive`);
const ready = (who: Person) =>
  until('the archive is ready', async () => (await own(who))?.state === 'ready');
const made = async (who: Person) => {
  await start(who).expect(202);
  await ready(who);
  return unzipped((await archive(who.browser).expect(200)).body as Buffer);
};
const files = () => {
  const folder = join(place.app.config.dataDir, 'files', 'exports');
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.includes('.'))
    : [];
};
const rowsIn = (content: Map<string, Buffer>, table: string) =>
  JSON.parse(content.get(`data/${table}.json`)!.toString()) as Record<string, unknown>[];

describe('who gets an archive', () => {
  it('the owner in a session of theirs, after their password, one at a time', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    await start(bruno!, 'not the password').expect(400);
    expect(await own(bruno!)).toBeNull();
    await archive(bruno!.browser).expect(404);
    const answers = await Promise.all([start(bruno!), start(bruno!)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    await ready(bruno!);
    const { body, headers } = await archive(bruno!.browser).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'application/zip',
      'cache-control': 'private, no-store',
      'content-disposition': 'attachment; filename="echomate-data.zip"',
    });
    expect((await own(bruno!))!.bytes).toBe((body as Buffer).length);
    await place.app.mailAbout(bruno!.email, 'Your data is ready');
    expect(await own(ada!)).toBeNull();
    await archive(ada!.browser).expect(404);
    await archive(place.app.browser()).expect(401);
    const { browser } = bruno!;
    bruno!.browser = await logIn(place.app, bruno!.email);
    await browser.post(`${API}/auth/logout`).expect(204);
    await archive(browser).expect(401);
    await archive(bruno!.browser).expect(200);
  });

  it('three a day, and for seven days; then the file is gone too', async () => {
    const bruno = await place.newPerson('Bruno');
    for (let count = 0; count < 3; count++) await made(bruno);
    expect((await start(bruno).expect(409)).body.code).toBe('too-many-exports');
    const before = files();
    expect(before.length).toBeGreaterThanOrEqual(3);
    setClock(Date.now() + 7 * DAY_MS + 60_000);
    await archive(bruno.browser).expect(404);
    expect(await own(bruno)).toBeNull();
    await until('the files are gone', () => files().length === 0);
    await made(bruno);
  });

  it('nobody once the account is deactivated or gone; no file and no row stays', async () => {
    const [bruno, chidi] = await place.newPeople('Bruno', 'Chidi');
    await made(bruno!);
    await made(chidi!);
    await bruno!.browser
      .post(`${API}/users/me/deactivation`)
      .send({ password: PASSWORD })
      .expect(204);
    await archive(bruno!.browser).expect(401);
    bruno!.browser = await logIn(place.app, bruno!.email);
    await archive(bruno!.browser).expect(200);
    const id = (await own(bruno!))!.id;
    await place.app.get(AccountRemovalService).remove(bruno!.id);
    await until('the file is gone', () => !files().some((name) => name.includes(id)));
    await archive(bruno!.browser).expect(401);
    await archive(chidi!.browser).expect(200);
    const left = await place.app
      .get(Database)
      .one(sql`SELECT id FROM exports WHERE user_id = ${bruno!.id}`);
    expect(left).toBeNull();
  });

  it('leaves no file when the account goes while it is made', async () => {
    const bruno = await place.newPerson('Bruno');
    const storage = place.app.get(FileStorage);
    const put = storage.put.bind(storage);
    const step = jest.spyOn(storage, 'put').mockImplementationOnce(async (name, bytes) => {
      await put(name, bytes);
      await place.app
        .get(Database)
        .transaction((transaction) =>
          place.app.get(AccountRemovalService).begin(transaction, bruno.id),
        );
      await place.app.get(PersonalDataRegistry).remove(bruno.id);
    });
    const before = files();
    await start(bruno).expect(202);
    await until('it was made', () => step.mock.calls.length > 0);
    await until('jobs are done', async () => {
      const job = await place.app
        .get(Database)
        .one(sql`SELECT id FROM jobs WHERE kind LIKE 'leaving.%export%' AND unique_key IS NULL`);
      return !job;
    });
    step.mockRestore();
    expect(files()).toEqual(before);
  });
});

describe('what is in an archive', () => {
  it('is everything of the person, described by its schema, and readable', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    await follow(ada!, bruno!);
    await follow(bruno!, ada!);
    const mediaId = await upload(bruno!);
    const content = '<script src="https://example.org/x.js"></script> & "hello"';
    const post = await write(bruno!, { content, mediaIds: [mediaId] });
    const adas = await write(ada!);
    await comment(bruno!, adas, { content: 'Nice' });
    await bruno!.browser.put(`${API}/posts/${adas.id}/like`).expect(200);
    const { body: talk } = await bruno!.browser
      .post(`${API}/conversations`)
      .send({ userId: ada!.id })
      .expect(201);
    for (const [who, said] of [
      [bruno!, 'Hello'],
      [ada!, 'Hi'],
    ] as const)
      await who.browser
        .post(`${API}/conversations/${talk.id}/messages`)
        .send({ content: said, clientId: who.id })
        .expect(201);
    await listsSettled(place.app);
    const inside = await made(bruno!);

    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(JSON.parse(inside.get('schema.json')!.toString()), 'export');
    const check = (name: string, definition: string) => {
      const validate = ajv.getSchema(definition)!;
      void validate(JSON.parse(inside.get(name)!.toString()));
      expect([name, validate.errors]).toEqual([name, null]);
    };
    check('export.json', 'export');
    const tables = place.app
      .get(PersonalDataRegistry)
      .all.flatMap(({ tables }) => Object.entries(tables))
      .filter(([, exported]) => typeof exported !== 'string')
      .map(([table]) => table);
    for (const table of tables) check(`data/${table}.json`, `export#/$defs/${table}`);
    expect(Object.keys(EXPORT_SCHEMA.$defs).sort()).toEqual(['person', ...tables].sort());

    const about = JSON.parse(inside.get('export.json')!.toString());
    expect(about).toMatchObject({ person: { id: bruno!.id }, files: 1 });
    expect(about.parts).toContainEqual({ file: 'data/posts.json', module: 'posts', items: 1 });
    expect(rowsIn(inside, 'posts')).toEqual([expect.objectContaining({ id: post.id, content })]);
    expect(rowsIn(inside, 'comments')).toEqual([expect.objectContaining({ content: 'Nice' })]);
    expect(rowsIn(inside, 'post_likes')).toEqual([expect.objectContaining({ subjectId: adas.id })]);
    expect(rowsIn(inside, 'messages').map((row) => row['content'])).toEqual(['Hi', 'Hello']);
    const { body: full } = await bytesOf(bruno!.browser, `${API}/media/${mediaId}/full`);
    expect(inside.get(`media/${mediaId}.webp`)).toEqual(full);
    const pages = [...inside].filter(([name]) => name.endsWith('.html'));
    expect(pages.length).toBe(tables.length + 1);
    for (const [name, bytes] of pages) {
      const page = bytes.toString();
      expect([name, /<script|\son\w+=|(src|href)="(https?:)?\/\//i.test(page)]).toEqual([
        name,
        false,
      ]);
      expect(page).toContain("default-src 'none'");
    }
    expect(inside.get('pages/posts.html')!.toString()).toContain(
      '&lt;script src=&quot;https://example.org/x.js&quot;&gt;&lt;/script&gt; &amp; &quot;hello&quot;',
    );
    expect(inside.get('index.html')!.toString()).toContain('href="pages/posts.html"');
  });

  it('has every conversation that the person can read: archived and declined ones, and rooms', async () => {
    const [ada, bruno, chidi] = await place.newPeople('Ada', 'Bruno', 'Chidi');
    await bruno!.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    await follow(bruno!, ada!).expect(200);
    await follow(bruno!, chidi!).expect(200);
    const archived = await between(ada!, bruno!);
    await said(ada!, archived, 'Put away');
    const declined = await between(chidi!, bruno!);
    await bruno!.browser.delete(`${API}/users/${chidi!.id}/follow`).expect(204);
    await follow(chidi!, bruno!).expect(200);
    await bruno!.browser.post(`${API}/follow-requests/${chidi!.id}/accept`).expect(204);
    await said(chidi!, declined, 'Declined');
    const bees = await found(ada!);
    await letIn(ada!, bees, bruno!);
    const room = await roomOf(ada!, bees);
    await said(ada!, room, 'Buzz');
    await bruno!.browser
      .patch(`${API}/conversations/${archived.id}`)
      .send({ isArchived: true })
      .expect(200);
    await bruno!.browser.post(`${API}/conversations/${declined.id}/decline`).expect(204);
    expect(await listOf(bruno!)).toMatchObject([{ id: room.id }]);
    expect(await listOf(bruno!, '/requests')).toEqual([]);
    const inside = await made(bruno!);
    expect(rowsIn(inside, 'conversations').map(({ id }) => id)).toEqual(
      [archived.id, declined.id, room.id].sort(),
    );
    expect(rowsIn(inside, 'messages').map((row) => row['content'])).toEqual([
      'Put away',
      'Declined',
      'Buzz',
    ]);
  });

  it('holds nothing that is hidden from the person: of people who block them, of groups they are out of', async () => {
    const [ada, bruno, chidi] = await place.newPeople('Ada', 'Bruno', 'Chidi');
    const bees = await found(ada!);
    await letIn(ada!, bees, bruno!);
    const mediaId = await upload(bruno!);
    const { body: inBees } = await bruno!.browser
      .post(`${API}/posts`)
      .send({ content: 'For bees', audience: 'group', groupId: bees.id, mediaIds: [mediaId] })
      .expect(201);
    const adas = (
      await ada!.browser
        .post(`${API}/posts`)
        .send({ content: 'Honey', audience: 'group', groupId: bees.id })
        .expect(201)
    ).body;
    await comment(bruno!, adas, { content: 'In the hive' });
    await bruno!.browser.put(`${API}/posts/${adas.id}/like`).expect(200);
    const chidis = await write(chidi!);
    await comment(bruno!, chidis, { content: 'To Chidi' });
    await bruno!.browser.put(`${API}/posts/${chidis.id}/like`).expect(200);
    const brunos = await write(bruno!);
    const rude = await comment(chidi!, brunos, { content: 'Rude words' });
    await bruno!.browser.put(`${API}/comments/${rude.id}/like`).expect(200);
    const { body: room } = await bruno!.browser
      .get(`${API}/groups/${bees.id}/conversation`)
      .expect(200);
    await bruno!.browser
      .post(`${API}/conversations/${room.id}/messages`)
      .send({ content: 'Buzz', clientId: bruno!.id })
      .expect(201);
    await listsSettled(place.app);
    const whole = [...(await made(bruno!)).values()].join('\n');
    const HIDDEN = ['For bees', 'In the hive', 'To Chidi', 'Buzz', mediaId, chidis.id, inBees.id];
    for (const text of [...HIDDEN, rude.id])
      expect([text, whole.includes(text)]).toEqual([text, true]);

    await leave(bruno!, bees).expect(204);
    await chidi!.browser.put(`${API}/users/me/blocks/${bruno!.id}`).expect(204);
    await listsSettled(place.app);
    const inside = await made(bruno!);
    const after = [...inside.values()].join('\n');
    for (const text of [...HIDDEN, rude.id, adas.id, chidi!.id])
      expect([text, after.includes(text)]).toEqual([text, false]);
    expect([...inside.keys()].join()).not.toContain(mediaId);
  });

  it('is written in short turns, and never as a whole in memory', async () => {
    const bruno = await place.newPerson('Bruno');
    await place.app.get(Database).transaction(async (transaction) => {
      for (let count = 0; count < 1000; count++) {
        const id = await insertPost(transaction, bruno.id, 'public');
        const content = randomBytes(3600).toString('base64');
        await transaction.run(sql`UPDATE posts SET content = ${content} WHERE id = ${id}`);
      }
    });
    const exports = place.app.get(ExportContents);
    const write = async () => {
      let [waiting, bytes] = [0, 0];
      const { signal } = new AbortController();
      const archive = zipOf(exports.of(bruno.id, bruno.id, signal, async () => undefined));
      for await (const part of archive) {
        // Whoever takes it is slow at first: what is not taken is not made.
        if (bytes === 0) {
          await sleep(500);
          waiting = archive.readableLength + (archive as Duplex).writableLength;
        }
        bytes += (part as Buffer).length;
      }
      return { waiting, bytes };
    };
    await write();
    let written = { waiting: 0, bytes: 0 };
    const turns = await turnsDuring(async () => {
      written = await write();
    });
    expect(written.bytes).toBeGreaterThan(5_000_000);
    expect(written.waiting).toBeLessThan(500_000);
    // Turns are some milliseconds, unless other tests or the collector of memory take their share; all at once, a second.
    expect(turns[2]).toBeLessThan(100);
  });

  it('begins anew after a failure in the middle', async () => {
    const bruno = await place.newPerson('Bruno');
    await write(bruno, { mediaIds: [await upload(bruno)] });
    await write(bruno);
    await listsSettled(place.app);
    const storage = place.app.get(FileStorage);
    const read = jest.spyOn(storage, 'read').mockRejectedValueOnce(new Error('The disk hiccuped'));
    await start(bruno).expect(202);
    await ready(bruno);
    // One read failed, one worked; then the archive is read.
    expect(read.mock.calls.length).toBeGreaterThanOrEqual(2);
    read.mockRestore();
    const inside = await unzipped((await archive(bruno.browser).expect(200)).body as Buffer);
    expect(rowsIn(inside, 'posts')).toHaveLength(2);
    expect(files().filter((name) => name.includes('.part'))).toEqual([]);
  });
});

it('the schema is published as it is', async () => {
  const published = new URL('../../../../docs/export.schema.json', import.meta.url);
  const text = `${JSON.stringify(EXPORT_SCHEMA, null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA']) await writeFile(published, text);
  expect(JSON.parse(await readFile(published, 'utf8'))).toEqual(JSON.parse(text));
});
