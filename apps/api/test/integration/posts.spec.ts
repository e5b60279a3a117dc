import type { Post } from '@echomate/contracts/posts.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { follow, names, neighbourhood, type Person } from '../support/neighbourhood.js';
import {
  comment,
  contents,
  expectCountsOfPosts,
  get,
  listsSettled,
  send,
  upload,
  write,
} from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

const NOBODY = '01970000-0000-7000-8000-000000000000';
const crowd = (one: (n: number) => string) =>
  Array.from({ length: 31 }, (_, n) => one(n)).join(' ');

afterEach(() => expectCountsOfPosts(place.app));

describe('writing a post', () => {
  it('keeps title, text, pictures in order, mentions and hashtags', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const mediaIds = [await upload(ada), await upload(ada)];
    const content = `With @${bruno.id}: #Honigernte`;
    const post = await write(ada, { title: ' The harvest ', content, mediaIds });
    expect(post).toMatchObject({ title: 'The harvest', content, audience: 'public', shared: null });
    expect(post.media.map(({ id }) => id)).toEqual(mediaIds);
    expect(names(post.mentions)).toEqual(['Bruno']);
    expect(await get(bruno, `posts/${post.id}`)).toEqual(post);
    const tagged = await get(bruno, 'hashtags/HONIGERNTE/posts');
    expect(tagged.items.map(({ id }: Post) => id)).toEqual([post.id]);
    expect((await get(bruno, 'users/me/mentions')).items).toHaveLength(1);
  });

  it.each([
    ['nothing at all', 'content', { content: '' }],
    ['an endless text', 'content', { content: 'x'.repeat(5001) }],
    ['an endless title', 'title', { title: 'x'.repeat(121) }],
    ['a list for a text', 'content', { content: ['Hello'] }],
    ['an endless hashtag', 'content', { content: `#${'x'.repeat(51)}` }],
    ['a crowd of hashtags', 'content', { content: crowd((n) => `#t${n}`) }],
    [
      'a crowd of mentions',
      'content',
      { content: crowd((n) => `@${NOBODY.slice(0, -2)}${10 + n}`) },
    ],
    ['a group without saying which', 'groupId', { audience: 'group' }],
    ['a group for another audience', 'groupId', { audience: 'public', groupId: NOBODY }],
    ['an unknown audience', 'audience', { audience: 'everyone' }],
    ['chosen followers without a choice', 'chosenUserIds', { audience: 'chosen' }],
    ['a choice that is no id', 'chosenUserIds', { audience: 'chosen', chosenUserIds: ['me'] }],
    ['a choice that is no list', 'chosenUserIds', { audience: 'chosen', chosenUserIds: NOBODY }],
    [
      'a stranger among the chosen',
      'chosenUserIds',
      { audience: 'chosen', chosenUserIds: [NOBODY] },
    ],
    ['a choice for everyone', 'chosenUserIds', { audience: 'public', chosenUserIds: [NOBODY] }],
    ['pictures that are not there', 'mediaIds', { mediaIds: [NOBODY] }],
    ['five pictures', 'mediaIds', { mediaIds: Array.from({ length: 5 }, () => NOBODY) }],
    ['a number of likes', 'likeCount', { likeCount: 1000 }],
    ['something to pass on', 'sharedId', { sharedId: NOBODY }],
  ])('refuses %s and names the field', async (_, field, values) => {
    const ada = await place.newPerson('Ada');
    const { body } = await send(ada, values).expect(400);
    expect(body.errors[0].field).toBe(field);
    expect((await get(ada, `users/${ada.id}/posts`)).items).toEqual([]);
  });

  it('finds nothing by what is no hashtag, and takes ids in any spelling', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(bruno, ada);
    expect((await get(ada, `hashtags/${encodeURIComponent('हिन्दी')}/posts`)).items).toEqual([]);
    const { id } = await write(ada, { content: '#हिन्दी #İstanbul' });
    for (const tag of ['हिन्दी', 'İstanbul'])
      expect((await get(ada, `hashtags/${encodeURIComponent(tag)}/posts`)).items[0].id).toBe(id);
    for (const tag of ['%00', 'two%20words', 'x'.repeat(51), '%F0%9F%90%9D'])
      await ada.browser.get(`${API}/hashtags/${tag}/posts`).expect(400);
    const mediaIds = [(await upload(ada)).toUpperCase()];
    const post = await write(ada, {
      audience: 'chosen',
      chosenUserIds: [bruno.id.toUpperCase()],
      mediaIds,
    });
    const page = await get(bruno, `users/${ada.id.toUpperCase()}/posts`);
    expect(page.items[0]).toEqual(post);
    await listsSettled(place.app);
    const { nextCursor } = await get(bruno, 'feed?limit=1');
    const next = await get(bruno, `feed?cursor=${nextCursor}`);
    expect(next.items.map((one: Post) => one.id)).toEqual([id]);
    await send(ada, { content: 'a\u0000b' }).expect(400);
    await send(ada, { content: '\ud800' }).expect(400);
  });

  it('takes no uploads but the own that are free', async () => {
    const [ada, eve] = [await place.newPerson('Ada'), await place.newPerson('Eve')];
    const foreign = await upload(ada);
    const used = await upload(eve);
    const post = await write(eve, { mediaIds: [used] });
    for (const mediaIds of [[foreign], [used], [await upload(eve), foreign]])
      await send(eve, { mediaIds }).expect(400);
    await eve.browser
      .patch(`${API}/posts/${post.id}`)
      .send({ mediaIds: [used, foreign] })
      .expect(400);
    expect((await get(eve, `posts/${post.id}`)).media).toHaveLength(1);
    await eve.browser
      .post(`${API}/posts/${post.id}/comments`)
      .send({ content: 'Mine?', mediaId: foreign })
      .expect(400);
    await eve.browser.get(`${API}/media/${foreign}/full`).expect(404);
  });

  it('is done once for one key, however often it is sent', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const again = (who: Person, content: string) =>
      send(who, { content }).set('Idempotency-Key', 'k1');
    const answers = await Promise.all(Array.from({ length: 10 }, () => again(ada, 'Once')));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect((await get(ada, `users/${ada.id}/posts`)).items).toHaveLength(1);
    await again(ada, 'Something else').expect(409);
    await again(bruno, 'Once').expect(201);
    await send(ada).set('Idempotency-Key', 'x'.repeat(101)).expect(400);
  });

  it('answers only the fields asked for', async () => {
    const ada = await place.newPerson('Ada');
    const { id } = await write(ada, { title: 'T' });
    expect(await get(ada, `posts/${id}?fields=title,content`)).toEqual({
      title: 'T',
      content: 'Hello',
    });
    expect((await get(ada, `users/${ada.id}/posts?fields=content`)).items).toEqual([
      { content: 'Hello' },
    ]);
    await ada.browser.get(`${API}/feed?fields=content,secret`).expect(400);
  });
});

describe('changing a post', () => {
  it('keeps the previous version', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const post = await write(ada, { content: 'Frist #old' });
    const change = (values: object) =>
      ada.browser.patch(`${API}/posts/${post.id}`).send(values).expect(200);
    await change({ content: 'First #new' });
    const { body } = await change({ title: 'Now with a title' });
    expect(body).toMatchObject({ title: 'Now with a title', content: 'First #new' });
    expect(body.editedAt).not.toBeNull();
    const { items } = await get(bruno, `posts/${post.id}/history`);
    expect(items.map(({ title, content }: Post) => [title, content])).toEqual([
      ['Now with a title', 'First #new'],
      [null, 'First #new'],
      [null, 'Frist #old'],
    ]);
    expect((await get(bruno, 'hashtags/old/posts')).items).toEqual([]);
    expect((await get(bruno, 'hashtags/new/posts')).items).toHaveLength(1);
  });

  it('leaves an unchanged post unedited, and never empties one', async () => {
    const ada = await place.newPerson('Ada');
    const post = await write(ada);
    const same = await ada.browser.patch(`${API}/posts/${post.id}`).send({ content: 'Hello' });
    expect(same.body.editedAt).toBeNull();
    await ada.browser.patch(`${API}/posts/${post.id}`).send({ content: '' }).expect(400);
    expect((await get(ada, `posts/${post.id}`)).content).toBe('Hello');
  });

  it('takes pictures out for good', async () => {
    const ada = await place.newPerson('Ada');
    const [first, second] = [await upload(ada), await upload(ada)];
    const post = await write(ada, { mediaIds: [first, second] });
    const { body } = await ada.browser
      .patch(`${API}/posts/${post.id}`)
      .send({ mediaIds: [second] });
    expect(body.media.map(({ id }: { id: string }) => id)).toEqual([second]);
    await ada.browser.get(`${API}/media/${first}/thumb`).expect(404);
    await ada.browser.get(`${API}/media/${second}/thumb`).expect(200);
  });

  it('is only for its author', async () => {
    const [ada, eve] = [await place.newPerson('Ada'), await place.newPerson('Eve')];
    const { id } = await write(ada);
    await eve.browser.patch(`${API}/posts/${id}`).send({ content: 'Mine' }).expect(404);
    await eve.browser.put(`${API}/posts/${id}/audience`).send({ audience: 'unlisted' }).expect(404);
    await eve.browser.get(`${API}/posts/${id}/audience`).expect(404);
    await eve.browser.delete(`${API}/posts/${id}`).expect(404);
    expect((await get(ada, `posts/${id}`)).content).toBe('Hello');
  });

  it('hides text and media at once when it is deleted, and shows them again when it is restored in time', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const medium = await upload(ada);
    const post = await write(ada, { content: '#gone', mediaIds: [medium] });
    await comment(bruno, post);
    await ada.browser.delete(`${API}/posts/${post.id}`).expect(204);
    await ada.browser.delete(`${API}/posts/${post.id}`).expect(404);
    for (const who of [ada, bruno])
      for (const path of [`posts/${post.id}`, `media/${medium}/full`, `posts/${post.id}/comments`])
        await who.browser.get(`${API}/${path}`).expect(404);
    await bruno.browser.post(`${API}/posts/${post.id}/restore`).expect(404);
    const { body } = await ada.browser.post(`${API}/posts/${post.id}/restore`).expect(200);
    expect(body).toMatchObject({ content: '#gone', commentCount: 1 });
    await bruno.browser.get(`${API}/media/${medium}/full`).expect(200);
  });

  it('can no longer be undone after ten minutes', async () => {
    const ada = await place.newPerson('Ada');
    const { id } = await write(ada);
    await ada.browser.delete(`${API}/posts/${id}`).expect(204);
    const earlier = new Date(Date.now() - 11 * 60_000).toISOString();
    await place.app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE posts SET deleted_at = ${earlier} WHERE id = ${id}`),
      );
    await ada.browser.post(`${API}/posts/${id}/restore`).expect(404);
  });
});

describe('a blocked person', () => {
  it('is not named in anybody’s text, nor by an id', async () => {
    const [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    const post = await write(bruno, { content: `with @${ada.id}` });
    await comment(bruno, post, { content: `dear @${ada.id}` });
    await bruno.browser.patch(`${API}/posts/${post.id}`).send({ content: `With @${ada.id}` });
    await ada.browser.put(`${API}/users/me/blocks/${eve.id}`).expect(204);
    for (const path of ['', '/comments', '/history'])
      expect(JSON.stringify(await get(eve, `posts/${post.id}${path}`))).not.toContain(ada.id);
    expect((await get(bruno, `posts/${post.id}`)).content).toContain(ada.id);
  });
});

describe('many at once', () => {
  it('edit without a deadlock', async () => {
    const ada = await place.newPerson('Ada');
    const { id } = await write(ada);
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        ada.browser
          .patch(`${API}/posts/${id}`)
          .send({ content: `@${ada.id} ${n}` })
          .expect(200),
      ),
    );
    const first = await get(ada, `posts/${id}/history?limit=25`);
    const second = await get(ada, `posts/${id}/history?limit=25&cursor=${first.nextCursor}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([26, 15, null]);
  });
});

describe('the audience', () => {
  it('is shown to the author in numbers and names', async () => {
    const [ada, bruno, chidi] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Chidi'),
    ];
    await follow(bruno, ada);
    await follow(chidi, ada);
    const chosen = { audience: 'chosen', chosenUserIds: [chidi.id] };
    const preview = await ada.browser
      .post(`${API}/posts/audience-preview`)
      .send(chosen)
      .expect(200);
    expect(preview.body.count).toBe(1);
    const post = await write(ada, chosen);
    const view = await get(ada, `posts/${post.id}/audience`);
    expect([view.count, names(view.items), names(view.chosen)]).toEqual([1, ['Chidi'], ['Chidi']]);
    await ada.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'followers' });
    const wider = await get(ada, `posts/${post.id}/audience`);
    expect([wider.count, names(wider.items), wider.chosen]).toEqual([2, ['Chidi', 'Bruno'], null]);
    const first = await get(ada, `posts/${post.id}/audience?limit=1`);
    const second = await get(ada, `posts/${post.id}/audience?limit=1&cursor=${first.nextCursor}`);
    expect(names([...first.items, ...second.items])).toEqual(['Chidi', 'Bruno']);
  });

  it('of a share is nobody who could not see the original', async () => {
    const [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    await follow(bruno, ada);
    await follow(eve, bruno);
    const post = await write(ada, { audience: 'followers', content: 'For you #quiet' });
    const { body: share } = await bruno.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public', content: 'Look #quiet' })
      .expect(201);
    expect(share.shared.content).toBe('For you #quiet');
    await eve.browser.get(`${API}/posts/${share.id}`).expect(404);
    expect((await get(eve, `users/${bruno.id}/posts`)).items).toEqual([]);
    expect((await get(eve, 'hashtags/quiet/posts')).items).toEqual([]);
    await eve.browser
      .post(`${API}/posts/${share.id}/share`)
      .send({ audience: 'public' })
      .expect(404);
    expect((await get(ada, `posts/${post.id}`)).shareCount).toBe(1);
  });

  it('of a share does not tell whom somebody else chose, or who has blocked whom', async () => {
    const [ada, bruno, chidi, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Chidi'),
      await place.newPerson('Eve'),
    ];
    for (const one of [bruno, chidi, eve]) await follow(one, ada);
    for (const one of [ada, chidi, eve]) await follow(one, bruno);
    const secret = await write(ada, { audience: 'chosen', chosenUserIds: [bruno.id, chidi.id] });
    const share = (post: Post) =>
      bruno.browser.post(`${API}/posts/${post.id}/share`).send({ audience: 'followers' });
    const { body: shared } = await share(secret).expect(201);
    const view = await get(bruno, `posts/${shared.id}/audience`);
    expect([view.isUpTo, names(view.items)]).toEqual([true, ['Eve', 'Chidi', 'Ada']]);
    await share(await write(ada, { content: 'for all' })).expect(201);
    const as = () => get(bruno, `users/${bruno.id}/posts?as=${eve.id}`);
    const before = await as();
    await ada.browser.put(`${API}/users/me/blocks/${eve.id}`).expect(204);
    expect(await as()).toEqual(before);
  });

  it('of what is unlisted cannot be widened by sharing', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const post = await write(ada, { audience: 'unlisted' });
    await bruno.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public' })
      .expect(403);
    expect((await get(bruno, `posts/${post.id}`)).content).toBe('Hello');
    expect((await get(bruno, `users/${ada.id}/posts`)).items).toEqual([]);
    expect((await get(ada, `users/${ada.id}/posts`)).items).toHaveLength(1);
  });

  it('of what is only for its author leaves no trace for anybody else', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(bruno, ada);
    const said = `A #diary for @${bruno.id}`;
    const post = await write(ada, { content: said, audience: 'me' });
    for (const path of ['', '/likes', '/comments', '/shares', '/history', '/audience'])
      await bruno.browser.get(`${API}/posts/${post.id}${path}`).expect(404);
    const lists = [`users/${ada.id}/posts`, 'hashtags/diary/posts'];
    for (const list of [...lists, 'users/me/mentions', 'feed'])
      expect([list, (await get(bruno, list)).items]).toEqual([list, []]);
    for (const list of lists) expect(contents((await get(ada, list)).items)).toEqual([said]);
    expect(await get(ada, `posts/${post.id}/audience`)).toMatchObject({ count: 0, items: [] });
    const asked = ada.browser.post(`${API}/posts/audience-preview`).send({ audience: 'me' });
    expect((await asked.expect(200)).body).toMatchObject({ audience: 'me', count: 0, items: [] });
    for (const who of ['stranger', bruno.id])
      expect((await get(ada, `users/${ada.id}/posts?as=${who}`)).items).toEqual([]);
    await ada.browser
      .post(`${API}/posts`)
      .send({ content: 'Hm', audience: 'me', chosenUserIds: [bruno.id] })
      .expect(400);
  });

  it('of what is only for its author keeps shares away, and lets one share for oneself', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const secret = await write(ada, { audience: 'me' });
    const refused = await ada.browser
      .post(`${API}/posts/${secret.id}/share`)
      .send({ audience: 'me' })
      .expect(403);
    expect(refused.body.detail).toContain('Only you can see this post.');
    const post = await write(ada);
    const share = (audience: string) =>
      bruno.browser.post(`${API}/posts/${post.id}/share`).send({ audience }).expect(201);
    await share('me');
    expect((await get(ada, `posts/${post.id}`)).shareCount).toBe(0);
    expect((await get(ada, `posts/${post.id}/shares`)).items).toEqual([]);
    expect((await get(bruno, `posts/${post.id}`)).shareCount).toBe(1);
    const { body: open } = await share('public');
    await ada.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'me' }).expect(200);
    await bruno.browser.get(`${API}/posts/${open.id}`).expect(404);
    expect((await get(bruno, `users/${bruno.id}/posts`)).items).toEqual([]);
  });

  it('of earlier words stays with their author, if they alone could read them', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const post = await write(ada, { content: 'a secret', audience: 'me' });
    const edit = (values: object) =>
      ada.browser.patch(`${API}/posts/${post.id}`).send(values).expect(200);
    await edit({ content: 'for all', audience: 'public' });
    const versions = async (one: typeof ada) =>
      contents((await get(one, `posts/${post.id}/history`)).items);
    expect(await versions(bruno)).toEqual(['for all']);
    expect(await versions(ada)).toEqual(['for all', 'a secret']);
  });

  it('is applied to “view as”', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(bruno, ada);
    await write(ada, { content: 'all' });
    await write(ada, { content: 'followers', audience: 'followers' });
    await write(ada, { content: 'link', audience: 'unlisted' });
    const as = async (who: string) =>
      contents((await get(ada, `users/${ada.id}/posts?as=${who}`)).items);
    expect(await as('stranger')).toEqual(['all']);
    expect(await as(bruno.id)).toEqual(['followers', 'all']);
    await ada.browser.get(`${API}/users/${ada.id}/posts?as=${ada.id}`).expect(400);
    await bruno.browser.get(`${API}/users/${ada.id}/posts?as=stranger`).expect(400);
  });
});
