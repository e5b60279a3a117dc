import { jest } from '@jest/globals';
import request from 'supertest';
import { v7 as uuid } from 'uuid';
import { ArchiveImportService } from '../../src/modules/importing/archive-import.service.js';
import { ArchiveJudging } from '../../src/modules/importing/archive-judging.service.js';
import type { Import } from '../../src/modules/importing/entities/import.entity.js';
import { ImportsService } from '../../src/modules/importing/imports.service.js';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { setClock } from '../../src/platform/clock.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { FileStorage } from '../../src/platform/storage/file-storage.js';
import { archivedLife } from '../support/archived-life.js';
import { Altered } from '../support/archives.js';
import {
  ended,
  expectImportsToBeSound,
  importArchive,
  importOf,
  send,
} from '../support/imports.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { logIn, registration, signUp } from '../support/people.js';
import { get, postsOf } from '../support/posts.js';
import { ServerToKill } from '../support/server-to-kill.js';
import { API, startTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { filesOf } from '../support/uploads.js';

const there = neighbourhood({ PUBLIC_URL: 'http://club.example' });
const here = neighbourhood();

let archive: Buffer;
beforeAll(async () => {
  ({ archive } = await archivedLife(there));
});
afterEach(() => expectImportsToBeSound(here.app));

describe('interrupted', () => {
  it('while the file came, it is given up after a while', async () => {
    const anna = await here.newPerson('Anna');
    const database = here.app.get(Database);
    await importArchive(anna, archive);
    await database.transaction((transaction) =>
      transaction.run(sql`UPDATE imports SET state = 'receiving' WHERE user_id = ${anna.id}`),
    );
    const imports = here.app.get(ImportsService) as unknown as { expire(): Promise<void> };
    await imports.expire();
    await send(anna, archive).expect(409);
    setClock(Date.now() + 16 * 60_000);
    await imports.expire();
    expect(await importOf(anna)).toMatchObject({ state: 'failed' });
    expect(await importArchive(anna, archive)).toMatchObject({ state: 'done' });
  });

  it('goes on where it was, and nothing comes twice', async () => {
    const anna = await here.newPerson('Anna');
    const service = here.app.get(ArchiveImportService);
    const importPost = Reflect.get(service, 'importPost').bind(service);
    let count = 0;
    const step = jest
      .spyOn(service as unknown as { importPost: typeof importPost }, 'importPost')
      .mockImplementation(async (...values: unknown[]) => {
        if (++count % 5 === 0) throw new Error('Interrupted');
        return importPost(...values);
      });
    const done = await importArchive(anna, archive).finally(() => step.mockRestore());
    expect(count).toBeGreaterThan(10);
    expect(done).toMatchObject({ state: 'done', dealtWith: 11, imported: { posts: 9, groups: 1 } });
    expect((await postsOf(anna)).length).toBe(9);
  }, 60_000);

  it('is checked in turns as well, and refused by what is wrong in the last one', async () => {
    const judging = here.app.get(ArchiveJudging);
    const judge = judging.judge.bind(judging);
    const inTurns = jest
      .spyOn(judging, 'judge')
      .mockImplementation((name, userId, turn) =>
        judge(name, userId, { ...turn, hasTime: () => false }),
      );
    const photo = (await Altered.of(archive))
      .rows('posts')
      .flatMap((post) => post['media'] as { id: string }[])
      .at(-1)!;
    const broken = (await Altered.of(archive)).with(`media/${photo.id}.webp`, 'no photo');
    try {
      const [anna, dora] = (await here.newPeople('Anna', 'Dora')) as [Person, Person];
      expect(await importArchive(anna, archive)).toMatchObject({ state: 'done', dealtWith: 11 });
      // Avatar, banner, the banner of the group, the photo of a post.
      expect(inTurns).toHaveBeenCalledTimes(4);
      expect(await importArchive(dora, await broken.zip())).toMatchObject({
        state: 'refused',
        dealtWith: 0,
        refusal: { fault: 'archive-photo', file: `media/${photo.id}.webp` },
      });
      expect(inTurns).toHaveBeenCalledTimes(8);
    } finally {
      inTurns.mockRestore();
    }
  });

  it('each time it has its turn, something comes, however long reading takes', async () => {
    const anna = await here.newPerson('Anna');
    const name = `imports/turns/${anna.id}/archive.zip`;
    await here.app.get(FileStorage).put(name, archive);
    const row = { id: uuid(), userId: anna.id } as Import;
    const turn = async () => {
      const contents = await here.app.get(ArchiveJudging).open(name);
      const given = { row, contents, hasTime: () => false, signal: new AbortController().signal };
      return here.app.get(ArchiveImportService).run(given);
    };
    let turns = 0;
    while (turns++ < 20) if (await turn()) break;
    await here.app.get(FileStorage).removeFolder(`imports/turns/${anna.id}`);
    expect(await postsOf(anna)).toHaveLength(9);
    expect(turns).toBeLessThan(20);
  });

  it('by another worker that does the same at the same time, everything comes once', async () => {
    const anna = await here.newPerson('Anna');
    const name = `imports/race/${anna.id}/archive.zip`;
    await here.app.get(FileStorage).put(name, archive);
    const row = { id: uuid(), userId: anna.id } as Import;
    const work = async () => {
      const contents = await here.app.get(ArchiveJudging).open(name);
      const turn = { row, contents, hasTime: () => true, signal: new AbortController().signal };
      return here.app.get(ArchiveImportService).run(turn);
    };
    expect(await Promise.all([work(), work(), work()])).toEqual([true, true, true]);
    await here.app.get(FileStorage).removeFolder(`imports/race/${anna.id}`);
    expect(await postsOf(anna)).toHaveLength(9);
    expect((await get(anna, 'users/me/groups')).items).toHaveLength(1);
    const media = await here.app
      .get(Database)
      .many(sql`SELECT id FROM media WHERE owner_id = ${anna.id}`);
    // Avatar, banner, the banner of the group, the photo of a post: what came twice has gone.
    expect(media).toHaveLength(4);
  });

  it('by kill -9 it goes on in the next process', async () => {
    const database = await createTestDatabase();
    const kept = { ...database, remove: async () => undefined };
    const town = await startTestApp({}, undefined, kept);
    const { email } = registration();
    await signUp(town);
    await town.close();
    const server = await ServerToKill.start({ ...database.environment, JOB_LEASE_SECONDS: '2' });
    try {
      const browser = await logIn(
        { browser: () => request.agent(server.url) } as unknown as typeof town,
        email,
      );
      const { body } = await browser.get(`${API}/users/me`).expect(200);
      const anna = { browser, id: body.id, email };
      await send(anna, archive).expect(202);
      await until(
        'some of it has come',
        async () => ((await importOf(anna))?.imported.posts ?? 0) >= 2,
      );
      await server.kill();
      await server.start();
      const done = await ended(anna);
      expect(done).toMatchObject({
        state: 'done',
        dealtWith: 11,
        imported: { posts: 9, media: 2 },
      });
      expect((await postsOf(anna)).length).toBe(9);
      expect((await get(anna, 'users/me/groups')).items).toHaveLength(1);
    } finally {
      await server.kill();
      await database.remove();
    }
  }, 60_000);

  it('by the end of the account nothing stays: no row, no file', async () => {
    const anna = await here.newPerson('Anna');
    await importArchive(anna, archive);
    await send(anna, archive).expect(202);
    await here.app.get(AccountRemovalService).remove(anna.id);
    const database = here.app.get(Database);
    await until(
      'the account is gone',
      async () => !(await database.one(sql`SELECT id FROM users WHERE id = ${anna.id}`)),
    );
    for (const table of ['imports', 'imported_things', 'known_people'] as const)
      expect(
        await database.many(
          table === 'imports'
            ? sql`SELECT id FROM imports WHERE user_id = ${anna.id}`
            : table === 'imported_things'
              ? sql`SELECT id FROM imported_things WHERE user_id = ${anna.id}`
              : sql`SELECT id FROM known_people WHERE user_id = ${anna.id}`,
        ),
      ).toEqual([]);
    await until(
      'the files are gone',
      async () => (await filesOf(here.app, ['files/imports'])).length === 0,
    );
  });
});
