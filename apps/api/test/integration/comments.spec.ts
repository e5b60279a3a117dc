import type { Comment } from '@echomate/contracts/posts.dto';
import { names, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, contents, expectCountsOfPosts, get, upload, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

afterEach(() => expectCountsOfPosts(place.app));

describe('comments', () => {
  it('have text, a picture, and one level of replies', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const post = await write(ada);
    const first = await comment(bruno, post, { mediaId: await upload(bruno) });
    expect(first.media?.urls.thumb).toContain('/api/v1/media/');
    const reply = await comment(ada, post, { content: 'Thanks', parentId: first.id });
    const deeper = await comment(bruno, post, { content: 'Welcome', parentId: reply.id });
    expect(deeper.parentId).toBe(first.id);
    await comment(ada, post, { content: 'Later' });
    const { items } = await get(ada, `posts/${post.id}/comments`);
    expect(items.map((one: Comment) => [one.content, one.replyCount])).toEqual([
      ['Later', 0],
      ['Nice', 2],
    ]);
    expect(contents((await get(ada, `comments/${first.id}/replies`)).items)).toEqual([
      'Thanks',
      'Welcome',
    ]);
    expect((await get(ada, `posts/${post.id}`)).commentCount).toBe(4);
  });

  it('are found where they stand, however old they are', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const post = await write(ada);
    const first = await comment(bruno, post);
    const reply = await comment(ada, post, { content: 'Thanks', parentId: first.id });
    const { body: alone } = await ada.browser.get(`${API}/comments/${first.id}`).expect(200);
    expect([alone.comment.id, alone.reply]).toEqual([first.id, null]);
    const { body: both } = await bruno.browser.get(`${API}/comments/${reply.id}`).expect(200);
    expect([both.comment.id, both.reply.content]).toEqual([first.id, 'Thanks']);
    await bruno.browser.delete(`${API}/comments/${first.id}`).expect(204);
    await ada.browser.get(`${API}/comments/${reply.id}`).expect(404);
  });

  it('are changed by their author and deleted by theirs or the post’s', async () => {
    const [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    const post = await write(ada);
    const one = await comment(bruno, post, { mediaId: await upload(bruno) });
    const path = `${API}/comments/${one.id}`;
    for (const who of [ada, eve]) await who.browser.patch(path).send({ content: 'Ha' }).expect(404);
    const { body } = await bruno.browser.patch(path).send({ content: 'Nicer' }).expect(200);
    expect([body.content, body.editedAt === null]).toEqual(['Nicer', false]);
    await comment(eve, post, { parentId: one.id });
    await eve.browser.delete(path).expect(404);
    await ada.browser.delete(path).expect(204);
    await bruno.browser.delete(path).expect(404);
    expect((await get(ada, `posts/${post.id}`)).commentCount).toBe(0);
    await bruno.browser.get(`${API}/media/${one.media!.id}/thumb`).expect(404);
  });

  it('of people whom the post’s author blocked are hidden there, and can be deleted', async () => {
    const [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    const post = await write(ada);
    const insult = await comment(eve, post);
    await comment(bruno, post, { parentId: insult.id });
    await eve.browser.put(`${API}/users/me/blocks/${ada.id}`).expect(204);
    for (const who of [ada, bruno]) {
      expect((await get(who, `posts/${post.id}`)).commentCount).toBe(0);
      expect((await get(who, `posts/${post.id}/comments`)).items).toEqual([]);
    }
    await eve.browser.patch(`${API}/comments/${insult.id}`).send({ content: 'x' }).expect(404);
    await eve.browser.delete(`${API}/comments/${insult.id}`).expect(204);
    await eve.browser.delete(`${API}/comments/${insult.id}`).expect(404);
  });

  it('keep their text when an empty change is sent', async () => {
    const ada = await place.newPerson('Ada');
    const one = await comment(ada, await write(ada), { mediaId: await upload(ada) });
    const { body } = await ada.browser.patch(`${API}/comments/${one.id}`).send({}).expect(200);
    expect(body).toEqual(one);
  });

  it('are refused with an unknown parent, or without text or too much of it', async () => {
    const ada = await place.newPerson('Ada');
    const [post, other] = [await write(ada), await write(ada)];
    const elsewhere = await comment(ada, other);
    const send = (values: object) =>
      ada.browser.post(`${API}/posts/${post.id}/comments`).send(values);
    await send({ content: 'x', parentId: elsewhere.id }).expect(400);
    await send({ content: ' ' }).expect(400);
    await send({ content: 'x'.repeat(2001) }).expect(400);
    await send({ content: 'x', parentId: 'y' }).expect(400);
  });

  it('are written once for one key, and counted right under a crowd', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const post = await write(ada);
    const parent = await comment(ada, post);
    await Promise.all([
      ...Array.from({ length: 10 }, (_, n) =>
        comment(bruno, post, { content: `c${n}`, parentId: parent.id }),
      ),
      ...Array.from({ length: 5 }, () =>
        bruno.browser
          .post(`${API}/posts/${post.id}/comments`)
          .set('Idempotency-Key', 'once')
          .send({ content: 'Once' })
          .expect(201),
      ),
      ada.browser.put(`${API}/comments/${parent.id}/like`).expect(200),
    ]);
    const { commentCount } = await get(ada, `posts/${post.id}`);
    expect(commentCount).toBe(12);
    await Promise.all([
      ada.browser.delete(`${API}/comments/${parent.id}`),
      ...Array.from({ length: 5 }, () =>
        bruno.browser
          .post(`${API}/posts/${post.id}/comments`)
          .send({ content: 'r', parentId: parent.id }),
      ),
    ]);
  });
});

describe('likes', () => {
  it('count each person once, whatever happens at the same time', async () => {
    const ada = await place.newPerson('Ada');
    const people: Person[] = [];
    for (let n = 0; n < 5; n++) people.push(await place.newPerson(`P${n}`));
    const post = await write(ada);
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        n % 3 === 2
          ? people[n % 5]!.browser.delete(`${API}/posts/${post.id}/like`).expect(200)
          : people[n % 5]!.browser.put(`${API}/posts/${post.id}/like`).expect(200),
      ),
    );
    for (const who of people) await who.browser.put(`${API}/posts/${post.id}/like`).expect(200);
    const { body } = await ada.browser.put(`${API}/posts/${post.id}/like`).expect(200);
    expect(body).toEqual({ isLiked: true, likeCount: 6 });
    const { items } = await get(ada, `posts/${post.id}/likes`);
    expect(names(items).sort()).toEqual(['Ada', 'P0', 'P1', 'P2', 'P3', 'P4']);
    expect(items[0].relation).toBeDefined();
  });
});
