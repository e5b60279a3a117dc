import { randomBytes } from 'node:crypto';
import type { DataImport } from '@echomate/contracts/importing.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { Altered, lyingAbout, renamed, zipped } from '../support/archives.js';
import { found } from '../support/groups.js';
import { exportOf, importArchive, importOf, send } from '../support/imports.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { blackPng } from '../support/pictures.js';
import { get, listsSettled, upload, write } from '../support/posts.js';
import { put } from '../support/profile-pictures.js';
import { until } from '../support/until.js';
import { filesOf } from '../support/uploads.js';

/** What somebody may make of an archive before they import it: it is refused as a whole, and nothing stays behind. */
const there = neighbourhood({ PUBLIC_URL: 'http://club.example' });
const here = neighbourhood();

const FOLDERS = [
  'files/imports',
  'files/media',
  'files/media-originals',
  'files/avatars',
  'scratch',
];
const SOMEBODY = '01890000-0000-7000-8000-000000000000';

let good: Altered;
let photo: string;
let original: Person;
beforeAll(async () => {
  const [ada, bruno] = await there.newPeople('Ada', 'Bruno');
  original = ada!;
  await follow(ada!, bruno!).expect(200);
  await put(ada!, 'avatar').expect(200);
  await found(ada!);
  photo = await upload(ada!);
  await write(ada!, { content: 'Hello', title: 'Title', mediaIds: [photo] });
  await write(ada!, { content: 'Again' });
  await listsSettled(there.app);
  good = await Altered.of(await exportOf(ada!));
});

const stateOf = async (who: Person) => ({
  posts: (await get(who, `users/${who.id}/posts`)).items,
  groups: (await get(who, 'users/me/groups')).items,
  me: await get(who, 'users/me'),
  people: (await get(who, 'users/me/import/people')).items,
  things: await here.app
    .get(Database)
    .many(sql`SELECT id FROM imported_things WHERE user_id = ${who.id}`),
  media: await here.app.get(Database).many(sql`SELECT id FROM media WHERE owner_id = ${who.id}`),
});

async function refused(archive: Buffer): Promise<DataImport['refusal']> {
  const anna = await here.newPerson('Anna');
  const before = await stateOf(anna);
  const files = await filesOf(here.app, FOLDERS);
  const { state, refusal, dealtWith } = await importArchive(anna, archive);
  expect({ state, dealtWith }).toEqual({ state: 'refused', dealtWith: 0 });
  expect(await stateOf(anna)).toEqual(before);
  await until(
    'no file stays',
    async () => (await filesOf(here.app, FOLDERS)).length === files.length,
  );
  return refusal;
}

const item = (values: object) => good.saying('posts', () => values);
const inPosts = { fault: 'archive-broken', file: 'data/posts.json' };
const webp = () => `media/${photo}.webp`;
const media = () => good.rows('posts').flatMap((post) => post['media'] as object[]);

describe('an archive', () => {
  it('that nobody has touched is taken, packed anew or not', async () => {
    const anna = await here.newPerson('Anna');
    expect(await importArchive(anna, await good.zip())).toMatchObject({
      state: 'done',
      dealtWith: 3,
    });
    const dora = await here.newPerson('Dora');
    const pretty = good.with('data/posts.json', JSON.stringify(good.rows('posts'), null, 2));
    expect(await importArchive(dora, await pretty.zip())).toMatchObject({
      state: 'done',
      dealtWith: 3,
    });
  });
});

describe('is refused as a whole: an archive', () => {
  it('that is none', async () => {
    const anna = await here.newPerson('Anna');
    const problem = (await send(anna, randomBytes(2000)).expect(400)).body;
    expect(problem.errors).toEqual([expect.objectContaining({ field: 'file', code: 'not-a-zip' })]);
    expect(await importOf(anna)).toBeNull();
    const cut = (await good.zip()).subarray(0, 3000);
    expect(await refused(cut)).toEqual({ fault: 'not-an-archive', file: null });
    expect(await refused(await zipped([['a.txt', Buffer.from('a')]]))).toMatchObject({
      fault: 'not-an-archive',
    });
    const other = good.with('export.json', JSON.stringify({ format: 'other', version: 1 }));
    expect(await refused(await other.zip())).toMatchObject({ fault: 'not-an-archive' });
  });

  it.each<[string, () => Altered, object]>([
    [
      'by somebody else',
      () => item({ author: { id: SOMEBODY } }),
      { fault: 'archive-of-others', file: 'data/posts.json' },
    ],
    [
      'with the profile of somebody else',
      () => good.saying('users', () => ({ id: SOMEBODY })),
      { fault: 'archive-of-others', file: 'data/users.json' },
    ],
    ['with a text that is too long', () => item({ content: 'x'.repeat(5001) }), inPosts],
    ['with a title that is too long', () => item({ title: 'x'.repeat(121) }), inPosts],
    ['with control characters', () => item({ content: 'a\u0007b' }), inPosts],
    ['with half a character', () => item({ content: 'a\ud800b' }), inPosts],
    ['with half a character in a title', () => item({ title: '\ud800' }), inPosts],
    [
      'with half a character in an alt text',
      () => item({ media: [{ ...media()[0], alt: '\ud800' }] }),
      inPosts,
    ],
    [
      'with half a character about oneself',
      () => good.saying('users', () => ({ about: '\ud800' })),
      { fault: 'archive-broken', file: 'data/users.json' },
    ],
    [
      'with nothing in an alt text',
      () => item({ media: [{ ...media()[0], alt: 'a\u0000b' }] }),
      inPosts,
    ],
    [
      'with an alt text that is deep',
      () =>
        good.with('data/posts.json', deep(JSON.stringify(item({ media: ['DEEP'] }).rows('posts')))),
      inPosts,
    ],
    [
      'with a name that is deep',
      () =>
        good.with(
          'data/users.json',
          deep(JSON.stringify(good.saying('users', () => ({ about: 'DEEP' })).rows('users'))),
        ),
      { fault: 'archive-broken', file: 'data/users.json' },
    ],
    ['with an unknown audience', () => item({ audience: 'everyone' }), inPosts],
    ['with a group that is none', () => item({ audience: 'group', group: { id: 'x' } }), inPosts],
    ['with posts from the future', () => item({ createdAt: '2999-01-01T00:00:00.000Z' }), inPosts],
    ['with posts before time', () => item({ createdAt: '0001-01-01T00:00:00.000Z' }), inPosts],
    ['with dates that are none', () => item({ createdAt: { $gt: '' } }), inPosts],
    ['with the same post twice', () => item({ id: SOMEBODY }), inPosts],
    ['with five photos', () => item({ media: [1, 2, 3, 4, 5].map(() => media()[0]) }), inPosts],
    ['with a photo in two posts', () => item({ media: [media()[0]] }), inPosts],
    ['with thirty-one hashtags', () => item({ content: numbers(31, '#t') }), inPosts],
    [
      'with an alt text that is too long',
      () => item({ media: [{ ...media()[0], alt: 'x'.repeat(1001) }] }),
      inPosts,
    ],
    ['with a huge item', () => item({ extra: 'x'.repeat(600_000) }), inPosts],
    ['with broken JSON', () => good.with('data/posts.json', '[{"id": '), inPosts],
    ['with another shape', () => good.with('data/posts.json', '{"posts": []}'), inPosts],
    [
      'with bytes that are no text',
      () => good.with('data/posts.json', '[{"a":"\u0000"}]'),
      inPosts,
    ],
    [
      'with a group title that is too long',
      () => good.saying('groups', () => ({ title: 'x'.repeat(81) })),
      { fault: 'archive-broken', file: 'data/groups.json' },
    ],
    [
      'with a text about oneself that is too long',
      () => good.saying('users', () => ({ about: 'x'.repeat(1001) })),
      { fault: 'archive-broken', file: 'data/users.json' },
    ],
    [
      'with an avatar that leads elsewhere',
      () => good.saying('users', () => ({ avatar: { large: 'https://example.org/a.webp' } })),
      { fault: 'archive-broken', file: 'data/users.json' },
    ],
    [
      'with followed people without names',
      () => good.saying('follows', () => ({ firstName: null })),
      { fault: 'archive-broken', file: 'data/follows.json' },
    ],
    [
      'without its profile',
      () => good.with('data/users.json', '[]'),
      { fault: 'archive-broken', file: 'data/users.json' },
    ],
    [
      'without a file that it names',
      () => good.with('data/posts.json', null),
      { fault: 'archive-broken', file: 'data/posts.json' },
    ],
    [
      'of no place',
      () => about({ origin: 'javascript:alert(1)' }),
      { fault: 'archive-broken', file: 'export.json' },
    ],
    [
      'of another version',
      () => about({ version: 2 }),
      { fault: 'archive-broken', file: 'export.json' },
    ],
  ])('%s', async (_, altered, refusal) => {
    expect(await refused(await altered().zip())).toEqual(refusal);
  });

  it('without a photo, or with one that is none', async () => {
    expect(await refused(await good.with(webp(), null).zip())).toMatchObject({
      fault: 'archive-broken',
    });
    const whole = good.files.get(webp())!;
    for (const bytes of [
      ...[
        randomBytes(1000),
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
        Buffer.alloc(0),
      ],
      ...[whole.subarray(0, whole.length / 2), blackPng(20_000, 20_000)],
    ])
      expect(await refused(await good.with(webp(), bytes).zip())).toEqual({
        fault: 'archive-photo',
        file: webp(),
      });
  });

  it('whose names climb out, lead elsewhere, or stand for two files', async () => {
    const evil = async (name: string) => {
      const plain = 'x'.repeat(name.length);
      return renamed(await good.with(plain, 'evil').zip(), plain, name);
    };
    for (const name of [
      '../../../evil.txt',
      '/etc/echomate',
      'a/../../evil',
      'a\\..\\evil',
      'C:/evil.txt',
    ])
      expect([name, await refused(await evil(name))]).toEqual([
        name,
        { fault: 'archive-unsafe', file: null },
      ]);
    const link = await zipped([...good.files, ['data/link', Buffer.from('/etc/passwd')]], {
      mode: 0o120777,
    });
    expect(await refused(link)).toMatchObject({ fault: 'archive-unsafe' });
    const twice = await zipped([...good.files, ['data/posts.json', Buffer.from('[]')]]);
    expect(await refused(twice)).toEqual({ fault: 'archive-unsafe', file: 'data/posts.json' });
    const inCapitals = await zipped([...good.files, ['DATA/posts.json', Buffer.from('[]')]]);
    expect(await refused(inCapitals)).toMatchObject({ fault: 'archive-unsafe' });
  });

  it('that unpacks to far more than it is, whatever it says of that', async () => {
    const bomb = Buffer.alloc(30 * 1024 * 1024, ' ');
    const swollen = await good.with(webp(), bomb).zip();
    expect(swollen.length).toBeLessThan(500_000);
    expect(await refused(swollen)).toEqual({ fault: 'archive-too-large', file: webp() });
    expect(await refused(lyingAbout(swollen, 100))).toMatchObject({ fault: 'archive-broken' });
    const about = await good.with('export.json', bomb).zip();
    expect(await refused(about)).toEqual({ fault: 'archive-too-large', file: 'export.json' });
    const item = await good.with('data/posts.json', `[{"a":"${bomb}"}]`).zip();
    expect(await refused(item)).toEqual(inPosts);
  });

  it('of the account itself', async () => {
    const archive = await exportOf(original);
    await original.browser
      .post('/api/v1/users/me/import')
      .attach('file', archive, 'a.zip')
      .expect(202);
    const done = await until('it has ended', async () => {
      const one = await importOf(original);
      return one?.finishedAt ? one : null;
    });
    expect(done).toMatchObject({ state: 'refused', refusal: { fault: 'archive-from-here' } });
  });
});

describe('an archive that names people of here', () => {
  it('mentions and proposes nobody by their id', async () => {
    const [anna, dora] = await here.newPeople('Anna', 'Dora');
    const altered = item({
      content: `Hello @${dora!.id}`,
      mentions: [{ id: dora!.id, handle: 'somebody', firstName: 'Some', lastName: 'Body' }],
      id: undefined,
    });
    const rows = altered
      .rows('posts')
      .slice(0, 1)
      .map((row) => ({ ...row, id: SOMEBODY }));
    const one = altered.with('data/posts.json', JSON.stringify(rows));
    expect(await importArchive(anna!, await one.zip())).toMatchObject({ state: 'done' });
    const [post] = (await get(anna!, `users/${anna!.id}/posts`)).items;
    expect(post).toMatchObject({ content: 'Hello Some Body', mentions: [] });
    expect((await get(dora!, 'notifications')).items).toEqual([]);
    expect((await get(dora!, 'users/me/mentions').catch(() => ({ items: [] }))).items).toEqual([]);
  });
});

/** Lists in lists, far deeper than a stack. */
const deep = (text: string) =>
  text.replaceAll(
    '"DEEP"',
    `{"id":"${SOMEBODY}","status":"ready","alt":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
  );
const numbers = (count: number, before: string) =>
  Array.from({ length: count }, (_, index) => `${before}${index}x`).join(' ');
const about = (values: object) =>
  good.with(
    'export.json',
    JSON.stringify({ ...JSON.parse(good.files.get('export.json')!.toString()), ...values }),
  );
