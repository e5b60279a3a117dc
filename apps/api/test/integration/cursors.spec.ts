import { faultAt } from '../support/faults.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { logIn } from '../support/people.js';
import { comment, get, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

/** Ids reveal times: of a like, a follow, a block. A cursor contains an id and must reveal nothing. */
const place = neighbourhood();

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}/i;
const PATHS = [
  'feed?',
  'feed?sort=top&',
  'hashtags/page/posts?',
  'users/me/mentions?',
  'users/me/blocks?',
  'users/me/mutes?',
  'users?',
  'auth/sessions?',
  'follow-requests?',
  'users/:ada/posts?',
  'users/:ada/followers?',
  'users/:bruno/following?',
  'users/:bruno/activity?',
  'posts/:post/comments?',
  'posts/:post/likes?',
  'posts/:post/shares?',
  'posts/:post/history?',
  'posts/:post/audience?',
  'comments/:comment/replies?',
  'comments/:comment/likes?',
];

let ada: Person, bruno: Person;
const names: Record<string, string> = {};
beforeAll(async () => {
  [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
  const others = [bruno, await place.newPerson('Chidi'), await place.newPerson('Dilara')];
  const post = await write(ada, { content: `#page @${ada.id}` });
  const said = await comment(ada, post);
  for (const one of others) {
    await follow(one, ada);
    await write(one, { content: `#page @${ada.id}` });
    await write(ada, { content: '#page' });
    await comment(one, post);
    await comment(one, post, { parentId: said.id });
    await one.browser.put(`${API}/posts/${post.id}/like`).expect(200);
    await one.browser.put(`${API}/comments/${said.id}/like`).expect(200);
    await one.browser.post(`${API}/posts/${post.id}/share`).send({ audience: 'public' });
    await ada.browser.patch(`${API}/posts/${post.id}`).send({ content: `#page by ${one.id}` });
    await follow(bruno, one);
    await logIn(place.app, ada.email);
    const [kept, muted] = [await place.newPerson('Kept'), await place.newPerson('Muted')];
    await ada.browser.put(`${API}/users/me/blocks/${kept.id}`).expect(204);
    await ada.browser.put(`${API}/users/me/mutes/${muted.id}`).expect(204);
  }
  await ada.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
  for (const name of ['Late', 'Later']) await follow(await place.newPerson(name), ada);
  Object.assign(names, { ada: ada.id, bruno: bruno.id, post: post.id, comment: said.id });
});

it.each(PATHS)('reveal nothing and lead to the next page: %s', async (template) => {
  const path = template.replace(/:(\w+)/, (_, name: string) => names[name]!);
  const first = await get(ada, `${path}limit=1`);
  const cursor: string = first.nextCursor;
  expect(cursor).toMatch(/^[\w-]{60,200}$/);
  for (const text of [cursor, Buffer.from(cursor, 'base64url').toString('latin1')])
    expect(text).not.toMatch(ID);
  const second = await get(ada, `${path}limit=1&cursor=${cursor}`);
  expect(second.items).toHaveLength(1);
  expect(first.items).not.toContainEqual(second.items[0]);
  for (const bad of [ada.id, cursor.slice(2), `x${cursor}`, '']) {
    const { body } = await ada.browser.get(`${API}/${path}cursor=${bad}`).expect(400);
    expect(body.errors).toEqual([faultAt('cursor', 'bad-cursor')]);
  }
});
