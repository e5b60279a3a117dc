import { jest } from '@jest/globals';
import request from 'supertest';
import type { Post } from '@echomate/contracts/posts.dto';
import { v7 as uuid } from 'uuid';
import { ArchiveJudging } from '../../src/modules/importing/archive-judging.service.js';
import type { Import, Tally } from '../../src/modules/importing/entities/import.entity.js';
import { ImportsService } from '../../src/modules/importing/imports.service.js';
import { ArchiveImportService } from '../../src/modules/importing/archive-import.service.js';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { setClock } from '../../src/platform/clock.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { FileStorage } from '../../src/platform/storage/file-storage.js';
import { Altered } from '../support/archives.js';
import { expectGroupsToBeSound, found, letIn } from '../support/groups.js';
import { ended, exportOf, importArchive, importOf, send } from '../support/imports.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { logIn, registration, signUp } from '../support/people.js';
import { expectCountsOfPosts, get, listsSettled, upload, write } from '../support/posts.js';
import { animation } from '../support/pictures.js';
import { put } from '../support/profile-pictures.js';
import { ServerToKill } from '../support/server-to-kill.js';
import { API, startTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { hasFfmpeg, videoFile } from '../support/videos.js';
import { bytesOf, filesOf } from '../support/uploads.js';

const there = neighbourhood({ PUBLIC_URL: 'http://club.example' });
const here = neighbourhood();

const JUNE = '2024-06-01T10:00:00.000Z';
/** The beginning of an MP4, enough to be known as one. */
const MP4 = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom\0\0\x02\0isomiso2', 'latin1'),
  Buffer.alloc(500),
]);
const DAY_MS = 24 * 3600_000;

/** Everything that an archive can hold, of somebody with friends, pictures and groups. */
async function life() {
  const [ada, bruno] = await there.newPeople('Ada', 'Bruno');
  await ada!.browser
    .patch(`${API}/users/me`)
    .send({ nickname: 'Bee', about: 'Keeps bees.' })
    .expect(200);
  await put(ada!, 'avatar').expect(200);
  await put(ada!, 'banner').expect(200);
  await follow(ada!, bruno!).expect(200);
  await follow(bruno!, ada!).expect(200);
  const bees = await found(ada!, {
    ...{ title: 'Bees', description: 'Honey' },
    bannerId: await upload(ada!),
  });
  const choir = await found(bruno!, { title: 'Choir' });
  await letIn(bruno!, choir, ada!);
  const photo = await upload(ada!);
  await ada!.browser.patch(`${API}/media/${photo}`).send({ alt: 'A jar' }).expect(200);
  const handle = (await get(bruno!, 'users/me')).handle as string;
  const own = (await get(ada!, 'users/me')).handle as string;
  const first = await write(ada!, {
    ...{ title: 'Honey', content: `First #honey with @${handle}, and me: @${own}` },
    mediaIds: [photo],
  });
  await write(ada!, { content: 'Followers', audience: 'followers' });
  await write(ada!, { content: 'Unlisted', audience: 'unlisted' });
  await write(ada!, { content: 'Mine', audience: 'me' });
  await write(ada!, { content: 'Chosen', audience: 'chosen', chosenUserIds: [bruno!.id] });
  await write(ada!, { content: 'In bees', audience: 'group', groupId: bees.id });
  await write(ada!, { content: 'In choir', audience: 'group', groupId: choir.id });
  const brunos = await write(bruno!, { content: 'Of Bruno' });
  for (const [id, content] of [
    [first.id, 'Still good'],
    [brunos.id, 'Well said'],
    [brunos.id, ''],
  ])
    await ada!.browser
      .post(`${API}/posts/${id}/share`)
      .send({ audience: 'public', content })
      .expect(201);
  await there.app
    .get(Database)
    .transaction((transaction) =>
      transaction.run(sql`UPDATE posts SET created_at = ${JUNE} WHERE id = ${first.id}`),
    );
  await listsSettled(there.app);
  return { ada: ada!, archive: await exportOf(ada!) };
}

/** What came with each import is counted with it. */
async function expectTalliesToBeRight() {
  const database = here.app.get(Database);
  const sortedOf = (counts: object[]) => counts.map((one) => JSON.stringify(one)).sort();
  for (const { id, tally } of await database.many<Import>(sql`SELECT id, tally FROM imports`)) {
    const rows = await database.many<Tally>(sql`
      SELECT t.kind, t.left_out AS "leftOut", t.is_narrowed AS "isNarrowed", count(*) AS count
      FROM imported_things t WHERE t.import_id = ${id} GROUP BY t.kind, t.left_out, t.is_narrowed`);
    const real = rows.map(({ kind, leftOut, isNarrowed, count }) => ({
      ...{ kind, leftOut, isNarrowed: Boolean(isNarrowed), count: Number(count) },
    }));
    expect(sortedOf(JSON.parse(tally))).toEqual(sortedOf(real));
  }
}

const postsOf = async (who: Person, of = who): Promise<Post[]> =>
  (await get(who, `users/${of.id}/posts?limit=100`)).items;
const texts = (posts: Post[]) => posts.map(({ content }) => content).sort();

let archive: Buffer;
let ada: Person;
beforeAll(async () => {
  ({ ada, archive } = await life());
});
afterEach(async () => {
  await expectTalliesToBeRight();
  await listsSettled(here.app);
  await expectCountsOfPosts(here.app);
  await expectGroupsToBeSound(here.app);
});

describe('what comes', () => {
  it('is profile, pictures, groups, posts with dates, and what was seen by whom', async () => {
    const [anna, chidi, dora] = await here.newPeople('Anna', 'Chidi', 'Dora');
    const namesake = await here.newPerson('Bruno');
    await follow(chidi!, anna!).expect(200);
    const done = await importArchive(anna!, archive);
    expect(done).toMatchObject({
      ...{ state: 'done', refusal: null, from: 'club.example', name: 'Ada Okafor', total: 11 },
      ...{ dealtWith: 11, imported: { pictures: 2, groups: 1, posts: 9, media: 2 } },
      leftOut: [{ why: 'shared-only', count: 1 }],
      // The chosen one, the one of a group that did not come, the words about somebody else's post.
      narrowed: 3,
    });
    await listsSettled(here.app);

    const me = await get(anna!, 'users/me');
    expect(me).toMatchObject({ firstName: 'Anna', nickname: 'Bee', about: 'Keeps bees.' });
    for (const path of [me.avatar.large, me.banner])
      expect((await bytesOf(anna!.browser, path)).status).toBe(200);
    const groups = (await get(anna!, 'users/me/groups')).items;
    expect(groups).toEqual([
      expect.objectContaining({
        ...{ title: 'Bees', description: 'Honey', role: 'creator', memberCount: 1 },
        banner: expect.objectContaining({ status: 'ready' }),
      }),
    ]);

    const posts = await postsOf(anna!);
    const named = (content: string) => posts.find((post) => post.content.startsWith(content))!;
    // Lists are in the order of time: the one of two years ago comes last.
    expect(posts.at(-1)!.createdAt).toBe(JUNE);
    expect(named('First')).toMatchObject({
      ...{ title: 'Honey', audience: 'public', createdAt: JUNE, editedAt: null },
      content: `First #honey with Bruno Okafor, and me: @${anna!.id}`,
      mentions: [{ id: anna!.id }],
      imported: { from: 'club.example', at: expect.any(String) },
      media: [expect.objectContaining({ alt: 'A jar', width: 80, height: 60, status: 'ready' })],
    });
    expect(
      Object.fromEntries(posts.map((post) => [post.content.slice(0, 9), post.audience])),
    ).toEqual({
      ...{ 'First #ho': 'public', Followers: 'followers', Unlisted: 'unlisted', Mine: 'me' },
      ...{ Chosen: 'chosen', 'In bees': 'group', 'In choir': 'me', 'Still goo': 'public' },
      'Well said': 'me',
    });
    expect(named('In bees').group).toMatchObject({ id: groups[0].id, isLed: true });
    expect(named('Still good').shared).toMatchObject({ id: named('First').id });
    expect(named('Well said').shared).toBeNull();

    const seen = ['Still good', named('First').content].sort();
    expect(texts(await postsOf(dora!, anna!))).toEqual(seen);
    expect(texts(await postsOf(chidi!, anna!))).toEqual([...seen, 'Followers'].sort());
    for (const [content, who] of [
      ...(['Mine', 'Chosen', 'In bees', 'In choir', 'Well said', 'Followers'] as const).map(
        (content) => [content, dora!] as const,
      ),
      ...(['Mine', 'Chosen', 'In bees', 'In choir', 'Well said'] as const).map(
        (content) => [content, chidi!] as const,
      ),
    ])
      await who.browser.get(`${API}/posts/${named(content).id}`).expect(404);
    const picture = named('First').media[0]!.urls.full;
    expect((await bytesOf(dora!.browser, picture)).status).toBe(200);

    // Found by their words and hashtags, news to nobody.
    expect(texts((await get(dora!, 'hashtags/honey/posts')).items)).toEqual([
      named('First').content,
    ]);
    const hits = (await get(dora!, 'search/posts?q=honey')).items;
    expect(hits.length).toBe(1);
    expect(texts((await get(chidi!, 'feed')).items)).toEqual([]);
    for (const who of [chidi!, namesake, dora!]) {
      const told = (await get(who, 'notifications')).items as { kind: string }[];
      expect(told.filter(({ kind }) => kind !== 'follow')).toEqual([]);
    }

    // Proposed, not followed; and gone from the list when it can't be seen.
    const known = (await get(anna!, 'users/me/import/people')).items;
    expect(known).toEqual([
      expect.objectContaining({ id: namesake.id, firstName: 'Bruno', isSameHandle: true }),
    ]);
    expect((await get(anna!, `users/${anna!.id}/following`)).items).toEqual([]);
    await namesake.browser.put(`${API}/users/me/blocks/${anna!.id}`).expect(204);
    expect((await get(anna!, 'users/me/import/people')).items).toEqual([]);
    // Whoever has blocked somebody sees nothing of theirs, however old.
    await namesake.browser.get(`${API}/posts/${named('First').id}`).expect(404);
    expect((await bytesOf(namesake.browser, picture)).status).toBe(404);
    await here.app
      .anyone()
      .get(`${API}/posts/${named('First').id}`)
      .expect(401);
    // The file is not kept.
    await until(
      'the archive is removed',
      async () => (await filesOf(here.app, ['files/imports', 'scratch'])).length === 0,
    );
  });

  it('comes once, however often; a newer archive brings only what is new', async () => {
    const anna = await here.newPerson('Anna');
    await importArchive(anna, archive);
    const before = await postsOf(anna);
    const again = await importArchive(anna, archive);
    expect(again).toMatchObject({
      ...{ state: 'done', total: 11, dealtWith: 0, leftOut: [] },
      imported: { profile: 0, pictures: 0, groups: 0, posts: 0, media: 0 },
    });
    expect(await postsOf(anna)).toEqual(before);
    // What was deleted here stays away.
    await anna.browser.delete(`${API}/posts/${before[0]!.id}`).expect(204);
    const late = await write(ada, { content: 'Later' });
    const newer = await exportOf(ada);
    await ada.browser.delete(`${API}/posts/${late.id}`).expect(204);
    expect((await importArchive(anna, newer)).imported).toMatchObject({
      posts: 1,
      groups: 0,
      pictures: 0,
    });
    expect(texts(await postsOf(anna))).toEqual(texts([...before.slice(1), late]));
    expect((await get(anna, 'users/me/groups')).items).toHaveLength(1);
  });

  it('leaves what is filled in here as it is', async () => {
    const anna = await here.newPerson('Anna', { about: 'Sings.' });
    await put(anna, 'avatar').expect(200);
    const { avatar } = await get(anna, 'users/me');
    await importArchive(anna, archive);
    const me = await get(anna, 'users/me');
    expect(me).toMatchObject({ about: 'Sings.', nickname: 'Bee', avatar });
    expect(me.banner).not.toBeNull();
  });

  it('exported again it is equal, but for ids, times of the import, and what stays behind', async () => {
    const anna = await here.newPerson('Ada');
    await importArchive(anna, archive);
    await listsSettled(here.app);
    const [from, to] = [await Altered.of(archive), await Altered.of(await exportOf(anna))];
    const comparable = (rows: Record<string, unknown>[]) =>
      rows
        .map((row) => {
          const { title, content, audience, createdAt, editedAt, media, group } =
            row as never as Post;
          const pictures = media.map(({ alt, width, height, kind }) => ({
            alt,
            width,
            height,
            kind,
          }));
          // Mentions of others are names now.
          const words = content.replaceAll(/@[0-9a-f-]{36}/g, '@').replace('Bruno Okafor', '@');
          return { title, words, audience, createdAt, editedAt, pictures, group: group?.title };
        })
        .sort((one, other) => one.words.localeCompare(other.words));
    const expected = comparable(from.rows('posts'))
      .filter(({ words }) => words !== '')
      .map((post) =>
        ['In choir', 'Well said'].includes(post.words)
          ? { ...post, audience: 'me', group: undefined }
          : post,
      );
    expect(comparable(to.rows('posts'))).toEqual(expected);
    const groups = (altered: Altered) =>
      altered.rows('groups').map(({ title, description }) => ({ title, description }));
    expect(groups(to)).toEqual(groups(from));
    const person = (altered: Altered) => {
      const { firstName, lastName, nickname, about, dateOfBirth } = altered.rows('users')[0]!;
      return { firstName, lastName, nickname, about, dateOfBirth };
    };
    expect(person(to)).toEqual(person(from));
    const pictures = (altered: Altered) =>
      [...altered.files.keys()].filter((name) => name.startsWith('media/')).length;
    expect(pictures(to)).toBe(pictures(from));
    // And what came of it can go on from here.
    expect(to.rows('posts')).toContainEqual(
      expect.objectContaining({ imported: { from: 'club.example', at: expect.any(String) } }),
    );
  });

  it('leaves photos out when the room is used up, and says so', async () => {
    const anna = await here.newPerson('Anna');
    // As many as fill the room, of a size that the column can hold.
    for (let count = 0; count < 3; count++) await upload(anna);
    await here.app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE media SET bytes = 2000000000 WHERE owner_id = ${anna.id}`),
      );
    const done = await importArchive(anna, archive);
    expect(done).toMatchObject({ state: 'done', imported: { posts: 9, media: 0, pictures: 0 } });
    expect(done.leftOut).toContainEqual({ why: 'storage-full', count: 4 });
    const first = (await postsOf(anna)).find(({ title }) => title === 'Honey')!;
    expect(first.media).toEqual([]);
  });

  it('GIFs too, and videos where they can be taken', async () => {
    const [gif, video, first, second] = [uuid(), uuid(), uuid(), uuid()];
    const whole = await Altered.of(archive);
    const post = whole.rows('posts').find((row) => row['title'] === 'Honey')!;
    const withMedium = (id: string, content: string, mediumId: string) => {
      const media = [{ id: mediumId, status: 'ready', alt: null }];
      return { ...post, id, content, mentions: [], media };
    };
    const posts = [withMedium(first, 'Moves', gif), withMedium(second, 'Plays', video)];
    const altered = whole
      .with('data/posts.json', JSON.stringify(posts))
      .with(`media/${gif}.webp`, await animation('webp'))
      .with(`media/${video}.mp4`, hasFfmpeg ? videoFile() : MP4);
    const anna = await here.newPerson('Anna');
    const done = await importArchive(anna, await altered.zip());
    expect(done).toMatchObject({ state: 'done', imported: { posts: 2, media: hasFfmpeg ? 3 : 2 } });
    if (!hasFfmpeg) expect(done.leftOut).toEqual([{ why: 'no-videos', count: 1 }]);
    const kinds = async () => {
      const found = await postsOf(anna);
      const ready = found.flatMap(({ media }) => media.filter(({ status }) => status === 'ready'));
      return ready.map(({ kind }) => kind).sort();
    };
    const wanted = hasFfmpeg ? ['animation', 'video'] : ['animation'];
    await until('they are processed', async () => (await kinds()).join() === wanted.join(), 60_000);
  });

  it('is never wider: what a private profile showed is for followers, on a public one', async () => {
    const altered = (await Altered.of(archive)).saying('users', () => ({ visibility: 'private' }));
    const [anna, dora] = await here.newPeople('Anna', 'Dora');
    await importArchive(anna!, await altered.zip());
    expect(await postsOf(dora!, anna!)).toEqual([]);
    const posts = await postsOf(anna!);
    const audienceOf = (content: string) =>
      posts.find((post) => post.content.startsWith(content))!.audience;
    expect(['First', 'Unlisted', 'Followers'].map(audienceOf)).toEqual([
      ...['followers', 'me', 'followers'],
    ]);
    expect(await get(anna!, 'users/me')).toMatchObject({ about: null, banner: null });

    const erin = await here.newPerson('Erin', { visibility: 'private' });
    await importArchive(erin, await altered.zip());
    expect((await postsOf(erin)).filter(({ audience }) => audience === 'public')).toHaveLength(2);
    expect(await postsOf(dora!, erin).catch(() => [])).toEqual([]);
  });
});

describe('who imports', () => {
  it('one at a time, five a day, and only for themselves', async () => {
    const [anna, dora] = await here.newPeople('Anna', 'Dora');
    await request(here.app.url)
      .post(`${API}/users/me/import`)
      .attach('file', archive, 'a.zip')
      .expect(401);
    const answers = await Promise.all([send(anna!, archive), send(anna!, archive)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(await importOf(dora!)).toBeNull();
    await ended(anna!);
    expect((await postsOf(anna!)).length).toBe(9);
    for (let count = 1; count < 5; count++) await importArchive(anna!, archive);
    expect((await send(anna!, archive).expect(409)).body.code).toBe('too-many-imports');
    setClock(Date.now() + DAY_MS + 60_000);
    await importArchive(anna!, archive);
  });

  it('by a form without scripts, which leads back to the page', async () => {
    const anna = await here.newPerson('Anna');
    const form = 'users/me/import/form';
    const refused = await send(anna, Buffer.from('no zip at all'), form).expect(303);
    expect(refused.headers['location']).toBe('/settings/import?refused=not-a-zip');
    const taken = await send(anna, archive, form).expect(303);
    expect(taken.headers['location']).toBe('/settings/import');
    expect(await ended(anna)).toMatchObject({ state: 'done' });
  });
});

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
        ...{ state: 'refused', dealtWith: 0 },
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
    expect(texts(await postsOf(anna))).toHaveLength(9);
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
    expect(texts(await postsOf(anna))).toHaveLength(9);
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
