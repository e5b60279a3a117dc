import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { SearchIndexingService } from '../../src/modules/search/search-indexing.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { found, leave, letIn } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, get, upload, write } from '../support/posts.js';
import {
  asked,
  indexSettled,
  marked,
  overview,
  searchPosts,
  textsFound,
} from '../support/search.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

/** Bruno follows Ada; Chidi does not. */
async function three() {
  const [ada, bruno, chidi] = [
    await place.newPerson('Ada'),
    await place.newPerson('Bruno'),
    await place.newPerson('Chidi'),
  ];
  await follow(bruno, ada).expect(200);
  return { ada, bruno, chidi };
}

/** Wherever somebody types to search. */
const SEARCHED = ['search', 'search/posts', 'search/hashtags', 'search/events', 'users', 'groups'];

/** What once could have been taken for more than words. */
const WORST = [
  ['operators of FTS5', '"honey OR NEAR(* AND NOT ) ^ words: col:x {a b}'],
  ['quotes', `'''"""''`],
  ['wildcards', '%_*?.*'],
  ['control characters', '\u0091\u0095p'],
  ['a lone surrogate', '\ud800'],
  ['only signs', '!!! ... ---'],
  ['only stop words', 'the and of'],
  ['many words', 'a b c d e f g h i j k l m n o p'],
  ['operators without values', 'from: in: before: after: has:'],
  ['impossible days', 'before:2020-99-99 after:yesterday'],
  ['days that their months do not have', 'before:2026-02-30 after:2025-06-31'],
  ['days far away', 'honey after:0000-01-01 before:9999-12-31'],
  ['days without words', 'after:2020-01-01 before:2099-12-31'],
  ['tsquery', `a & b | !c <-> 'd':*`],
] as const;
const REFUSED = ['\0', 'honey\0bee'];

let words = 0;
/** A word that no other test writes. */
const newWord = (): string =>
  `honigernte${String.fromCharCode(97 + (++words % 26)).repeat(3)}${words}`;

const settled = () => indexSettled(place.app);

const finds = async (who: Person, q: string): Promise<string[]> => {
  await settled();
  return textsFound(who, q);
};

describe('who finds a post', () => {
  it.each([
    ['public', ['ada', 'bruno', 'chidi']],
    ['followers', ['ada', 'bruno']],
    ['chosen', ['ada', 'bruno']],
    ['unlisted', []],
    ['me', ['ada']],
  ])('%s', async (audience, expected) => {
    const people = await three();
    const { ada, bruno } = people;
    const word = newWord();
    await write(ada, {
      audience,
      content: `Forty jars of ${word}`,
      ...(audience === 'chosen' ? { chosenUserIds: [bruno.id] } : {}),
    });
    await settled();
    const finders: string[] = [];
    for (const [name, who] of Object.entries(people))
      if ((await textsFound(who, word)).length) finders.push(name);
    expect(finders).toEqual(expected);
  });

  it('only members find what is in a group, and only as long as they are members', async () => {
    const { ada, bruno, chidi } = await three();
    const group = await found(ada);
    await letIn(ada, group, bruno);
    const post = await write(ada, {
      audience: 'group',
      groupId: group.id,
      content: 'Smoker wanted',
    });
    await comment(bruno, post, { content: 'My smoker is free' });
    expect(await finds(bruno, 'smoker')).toEqual(['My smoker is free', 'Smoker wanted']);
    expect(await finds(chidi, 'smoker')).toEqual([]);
    await leave(bruno, group).expect(204);
    expect(await textsFound(bruno, 'smoker')).toEqual([]);
  });

  it('a comment is found by those who see the post and its author', async () => {
    const { ada, bruno, chidi } = await three();
    const post = await write(ada, { audience: 'followers', content: 'A swarm' });
    await comment(bruno, post, { content: 'On the pear tree' });
    expect(await finds(ada, 'pear')).toEqual(['On the pear tree']);
    expect(await finds(chidi, 'pear')).toEqual([]);
  });

  it.each<
    [string, (people: Awaited<ReturnType<typeof three>>, postId: string) => Promise<unknown>]
  >([
    [
      'narrowed',
      ({ ada }, id) =>
        ada.browser.put(`${API}/posts/${id}/audience`).send({ audience: 'me' }).expect(200),
    ],
    ['deleted', ({ ada }, id) => ada.browser.delete(`${API}/posts/${id}`).expect(204)],
    [
      'edited',
      ({ ada }, id) =>
        ada.browser.patch(`${API}/posts/${id}`).send({ content: 'Nothing' }).expect(200),
    ],
    [
      'its author turns private',
      ({ ada }) =>
        ada.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200),
    ],
    [
      'its author blocks the reader',
      ({ ada, chidi }) => ada.browser.put(`${API}/users/me/blocks/${chidi.id}`).expect(204),
    ],
    [
      'its author is suspended',
      ({ ada }) => place.app.get(AccountStatesService).deactivate(ada.id),
    ],
  ])('is gone at once when it is %s', async (_, change) => {
    const people = await three();
    const word = newWord();
    const post = await write(people.ada, { content: `${word} is in bloom` });
    expect(await finds(people.chidi, word)).toHaveLength(1);
    await change(people, post.id);
    expect(await textsFound(people.chidi, word)).toEqual([]);
    expect(await finds(people.chidi, word)).toEqual([]);
  });

  it('comes back when it is widened or restored', async () => {
    const { ada, chidi } = await three();
    const post = await write(ada, { audience: 'me', content: 'A queen was born' });
    expect(await finds(chidi, 'queen')).toEqual([]);
    await ada.browser
      .put(`${API}/posts/${post.id}/audience`)
      .send({ audience: 'public' })
      .expect(200);
    expect(await finds(chidi, 'queen')).toHaveLength(1);
    await ada.browser.delete(`${API}/posts/${post.id}`).expect(204);
    await ada.browser.post(`${API}/posts/${post.id}/restore`).expect(200);
    expect(await finds(chidi, 'queen')).toHaveLength(1);
  });

  it('a chosen follower who stops following loses it', async () => {
    const { ada, bruno } = await three();
    await write(ada, {
      audience: 'chosen',
      chosenUserIds: [bruno.id],
      content: 'Only for Bruno: propolis',
    });
    expect(await finds(bruno, 'propolis')).toHaveLength(1);
    await bruno.browser.delete(`${API}/users/${ada.id}/follow`).expect(204);
    expect(await textsFound(bruno, 'propolis')).toEqual([]);
  });

  it('hashtags and people of hidden posts are not completed', async () => {
    const { ada, bruno, chidi } = await three();
    await write(ada, { audience: 'followers', content: 'Quietly #zebrawood' });
    await settled();
    expect((await overview(chidi, 'zebra')).hashtags).toEqual([]);
    expect((await overview(bruno, 'zebra')).hashtags).toEqual([{ tag: 'zebrawood' }]);
  });

  it('needs a session', async () => {
    await place.app.anyone().get(`${API}/search?q=a`).expect(401);
    await place.app.anyone().get(`${API}/search/posts?q=a`).expect(401);
  });
});

describe('what is typed', () => {
  it('has operators', async () => {
    const { ada, bruno } = await three();
    const group = await found(ada, { title: 'Pear growers' });
    await letIn(ada, group, bruno);
    await write(ada, { content: 'Harvest of pears #autumn' });
    await write(bruno, { content: 'Harvest of plums' });
    const photo = await upload(bruno);
    await write(bruno, { content: 'Harvest in pictures', mediaIds: [photo] });
    await write(bruno, { audience: 'group', groupId: group.id, content: 'Harvest for us' });
    await settled();
    expect(await textsFound(bruno, 'harvest')).toHaveLength(4);
    const { handle } = await get(ada, 'users/me');
    expect(await textsFound(bruno, `harvest from:@${handle}`)).toEqual([
      'Harvest of pears #autumn',
    ]);
    expect(await textsFound(bruno, `harvest from:me has:image`)).toEqual(['Harvest in pictures']);
    expect(await textsFound(bruno, 'harvest in:"pear gro"')).toEqual(['Harvest for us']);
    expect(await textsFound(bruno, 'in:"pear gro"')).toEqual([]);
    expect(await textsFound(bruno, '#autumn')).toEqual(['Harvest of pears #autumn']);
    expect(await textsFound(bruno, 'harvest before:2020-01-01')).toEqual([]);
    expect(await textsFound(bruno, 'harvest after:2020-01-01')).toHaveLength(4);
    // There is no such day, so these are words.
    expect(await textsFound(bruno, 'harvest after:2020-02-30')).toEqual([]);
    // A day apart, always.
    const [east, west] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'] as const;
    const today = new Date().toLocaleDateString('sv', { timeZone: east });
    for (const [zone, count] of [
      [east, 4],
      [west, 0],
    ] as const)
      expect(await textsFound(bruno, `harvest after:${today}`, { zone })).toHaveLength(count);
    await bruno.browser.get(`${API}/search/posts?q=harvest&zone=Mars/Olympus`).expect(400);
    expect(await textsFound(bruno, '"of pears"')).toEqual(['Harvest of pears #autumn']);
    expect(await textsFound(bruno, '"pears of"')).toEqual([]);
    expect(await textsFound(bruno, 'from:nobody-at-all harvest')).toEqual([]);
  });

  it('comes back in pages, newest first, each once', async () => {
    const { ada, bruno } = await three();
    const group = await found(ada);
    await letIn(ada, group, bruno);
    const written: string[] = [];
    // More public ones than are looked at together lie between two stretches of all kinds.
    for (let at = 0; at < 110; at++) {
      const content = `Walnut number ${at}`;
      const isMixed = at < 12 || at > 97;
      const audience = isMixed ? (['group', 'public', 'followers'] as const)[at % 3] : 'public';
      const groupId = audience === 'group' ? { groupId: group.id } : {};
      await write(at % 2 ? ada : bruno, { content, audience, ...groupId });
      written.unshift(content);
    }
    await settled();
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof searchPosts>> = await searchPosts(bruno, 'walnut', {
        limit: 15,
        ...(cursor ? { cursor } : {}),
      });
      pages.push(...page.items.map(({ excerpt }) => excerpt.map(({ text }) => text).join('')));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(written);
  });

  it('is marked where it matches', async () => {
    const { ada } = await three();
    await write(ada, {
      title: 'Über den Wäldern',
      content: `${'Nothing of interest. '.repeat(20)}Waldhonig from the Wald.`,
    });
    await settled();
    const [hit] = (await searchPosts(ada, 'wald')).items;
    expect(marked(hit!)).toEqual(['Wäldern', 'Waldhonig', 'Wald']);
    expect(hit!.excerpt[0]!.text).toBe('… ');
  });

  it.each(WORST)('is answered: %s', async (_, q) => {
    const ada = await place.newPerson('Ada');
    for (const path of ['search', 'search/posts', 'search/hashtags', 'search/events'])
      await ada.browser.get(`${API}/${path}?${asked(q)}`).expect(200);
    await ada.browser.get(`${API}/search/posts?${asked(q, { sort: 'best' })}`).expect(200);
  });

  it('is answered or refused, a hundred times at once, while others find what they look for', async () => {
    const { ada, bruno } = await three();
    const word = newWord();
    await write(ada, { content: word });
    await settled();
    const refused = [...REFUSED, 'x'.repeat(5000), '"'.repeat(5000), '* '.repeat(2500)];
    const questions = [...WORST.map(([, q]) => q), ...refused].flatMap((q) => [
      ...SEARCHED.map((path) => ({ path, q, how: {} })),
      { path: 'search/posts', q, how: { sort: 'best' } },
    ]);
    expect(questions.length).toBeGreaterThanOrEqual(100);
    const ask = async ({ path, q, how }: (typeof questions)[number]) => {
      const { status } = await bruno.browser.get(`${API}/${path}?${asked(q, how)}`);
      return { path, q: q.slice(0, 40), status };
    };
    const [answers, ...founds] = await Promise.all([
      Promise.all(questions.map(ask)),
      ...[1, 2, 3].map(() => textsFound(bruno, word)),
    ]);
    expect(answers).toEqual(
      questions.map(({ path, q }) => ({
        path,
        q: q.slice(0, 40),
        status: refused.includes(q) ? 400 : 200,
      })),
    );
    expect(founds).toEqual([[word], [word], [word]]);
  });

  it('may not be too long', async () => {
    const ada = await place.newPerson('Ada');
    await ada.browser.get(`${API}/search/posts?${asked('x'.repeat(5000))}`).expect(400);
    await ada.browser.get(`${API}/search/posts?${asked('x', { sort: 'worst' })}`).expect(400);
  });
});

describe('the index', () => {
  it('holds what is found, once, and nothing else', async () => {
    const { ada, bruno } = await three();
    const post = await write(ada, { content: 'One more linden' });
    await comment(bruno, post, { content: 'A linden too' });
    await settled();
    await ada.browser.delete(`${API}/posts/${post.id}`).expect(204);
    await settled();
    const left = await place.app.get(Database).many(sql`
      SELECT d.number FROM search_documents d WHERE d.post_id = ${post.id}`);
    expect(left).toEqual([]);
  });

  it('events are found by members', async () => {
    const { ada, bruno, chidi } = await three();
    const group = await found(ada);
    await letIn(ada, group, bruno);
    const { body: event } = await ada.browser
      .post(`${API}/groups/${group.id}/events`)
      .send({
        title: 'Extracting honey',
        start: '2027-06-01T18:00',
        zone: 'Europe/Berlin',
        place: 'Old barn',
      })
      .expect(201);
    await settled();
    const titles = async (who: Person, q: string) =>
      (await get(who, `search/events?${asked(q)}`)).items.map(
        ({ title }: { title: string }) => title,
      );
    expect(await titles(bruno, 'barn')).toEqual(['Extracting honey']);
    // The event's post has the same id; whichever of the two is indexed last.
    await place.app.get(SearchIndexingService)['settle']('post', [event.seriesId]);
    expect(await titles(bruno, 'barn')).toEqual(['Extracting honey']);
    expect(await titles(chidi, 'barn')).toEqual([]);
  });
});
