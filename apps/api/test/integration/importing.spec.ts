import type { Post } from '@echomate/contracts/posts.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { archivedLife, JUNE } from '../support/archived-life.js';
import { Altered } from '../support/archives.js';
import { expectImportsToBeSound, exportOf, importArchive } from '../support/imports.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { animation } from '../support/pictures.js';
import { get, listsSettled, postsOf, upload, write } from '../support/posts.js';
import { put } from '../support/profile-pictures.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';
import { bytesOf, filesOf } from '../support/uploads.js';
import { hasFfmpeg, videoFile } from '../support/videos.js';

const there = neighbourhood({ PUBLIC_URL: 'http://club.example' });
const here = neighbourhood();

let archive: Buffer;
let ada: Person;
beforeAll(async () => {
  ({ ada, archive } = await archivedLife(there));
});
afterEach(() => expectImportsToBeSound(here.app));

/** The beginning of an MP4, enough to be known as one. */
const MP4 = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom\0\0\x02\0isomiso2', 'latin1'),
  Buffer.alloc(500),
]);

const texts = (posts: Post[]) => posts.map(({ content }) => content).sort();

describe('what comes', () => {
  it('is profile, pictures, groups, posts with dates, and what was seen by whom', async () => {
    const [anna, chidi, dora] = await here.newPeople('Anna', 'Chidi', 'Dora');
    const namesake = await here.newPerson('Bruno');
    await follow(chidi!, anna!).expect(200);
    const done = await importArchive(anna!, archive);
    expect(done).toMatchObject({
      state: 'done',
      refusal: null,
      from: 'club.example',
      name: 'Ada Okafor',
      total: 11,
      dealtWith: 11,
      imported: { pictures: 2, groups: 1, posts: 9, media: 2 },
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
        title: 'Bees',
        description: 'Honey',
        role: 'creator',
        memberCount: 1,
        banner: expect.objectContaining({ status: 'ready' }),
      }),
    ]);

    const posts = await postsOf(anna!);
    const named = (content: string) => posts.find((post) => post.content.startsWith(content))!;
    // Lists are in the order of time: the one of two years ago comes last.
    expect(posts.at(-1)!.createdAt).toBe(JUNE);
    expect(named('First')).toMatchObject({
      title: 'Honey',
      audience: 'public',
      createdAt: JUNE,
      editedAt: null,
      content: `First #honey with Bruno Okafor, and me: @${anna!.id}`,
      mentions: [{ id: anna!.id }],
      imported: { from: 'club.example', at: expect.any(String) },
      media: [expect.objectContaining({ alt: 'A jar', width: 80, height: 60, status: 'ready' })],
    });
    expect(
      Object.fromEntries(posts.map((post) => [post.content.slice(0, 9), post.audience])),
    ).toEqual({
      'First #ho': 'public',
      Followers: 'followers',
      Unlisted: 'unlisted',
      Mine: 'me',
      Chosen: 'chosen',
      'In bees': 'group',
      'In choir': 'me',
      'Still goo': 'public',
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
      state: 'done',
      total: 11,
      dealtWith: 0,
      leftOut: [],
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
