import type { Event } from '@echomate/contracts/events.dto';
import type { Comment, CommentPage, Post } from '@echomate/contracts/posts.dto';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { cancel, change, groupOf, inDays, planned, respond } from '../support/events.js';
import { expectGroupsToBeSound, leave, letIn } from '../support/groups.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { expectCountsOfPosts, get, listsSettled, upload } from '../support/posts.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const place = neighbourhood();

afterEach(async () => {
  await expectGroupsToBeSound(place.app);
  await expectCountsOfPosts(place.app);
});

/** Ada leads a group with Bruno and Chidi in it; Bruno has planned an event there. Dora is not in it. */
async function club(values: Record<string, unknown> = {}) {
  const [ada, bruno, chidi, dora] = [
    await place.newPerson('Ada'),
    await place.newPerson('Bruno'),
    await place.newPerson('Chidi'),
    await place.newPerson('Dora'),
  ];
  const group = await groupOf(ada, bruno, chidi);
  const event = await planned(bruno, group.id, values);
  return { ada, bruno, chidi, dora, group, event };
}

const say = (who: Person, { seriesId }: Event, values: object = {}) =>
  who.browser
    .post(`${API}/posts/${seriesId}/comments`)
    .send({ content: 'What about Friday?', ...values });

const said = async (who: Person, event: Event, values?: object): Promise<Comment> =>
  (await say(who, event, values).expect(201)).body;

const commentsOf = async (who: Person, { seriesId }: Event): Promise<CommentPage> =>
  (await who.browser.get(`${API}/posts/${seriesId}/comments`).expect(200)).body;

const postOf = (who: Person, { seriesId }: Event): Promise<Post> => get(who, `posts/${seriesId}`);

const put = (who: Person, state: 'hide' | 'restore', reason: 'suspended') =>
  place.app
    .get(Database)
    .transaction((transaction) =>
      place.app.get(AccountStatesService)[state](transaction, who.id, reason),
    );

/** Nothing is left of what was under events that are gone. */
const purged = () =>
  until('deleted events leave nothing', async () => {
    const left = await place.app.get(Database).many(sql`
      SELECT p.id FROM posts p WHERE p.author_id IS NULL AND p.deleted_at IS NOT NULL AND (
        p.comment_count > 0 OR p.like_count > 0
        OR EXISTS (SELECT 1 FROM comments c WHERE c.post_id = p.id)
        OR EXISTS (SELECT 1 FROM feed_entries e WHERE e.post_id = p.id))`);
    return left.length === 0;
  });

/** Every path on which the post of an event, or what is said under it, could show. */
async function seesAnywhere(
  who: Person,
  event: Event,
  comment: Comment,
  picture: string,
): Promise<string[]> {
  await listsSettled(place.app);
  const seen: string[] = [];
  const statusOf = async (path: string) => (await who.browser.get(`${API}/${path}`)).status;
  for (const path of ['', '/comments', '/likes', '/history', '/shares'])
    if ((await statusOf(`posts/${event.seriesId}${path}`)) === 200) seen.push(`post${path}`);
  for (const path of ['replies', 'likes'])
    if ((await statusOf(`comments/${comment.id}/${path}`)) === 200) seen.push(path);
  if ((await who.browser.get(picture)).status === 200) seen.push('picture');
  for (const [name, path] of [
    ['feed', 'feed'],
    ['top', 'feed?sort=top'],
    ['group', `groups/${event.group.id}/posts`],
    ['activity', `users/${comment.author.id}/activity`],
  ]) {
    const { status, body } = await who.browser.get(`${API}/${path}`);
    if (status === 200 && JSON.stringify(body).includes(event.seriesId)) seen.push(name!);
  }
  for (const [name, status] of [
    ['like', (await who.browser.put(`${API}/posts/${event.seriesId}/like`)).status],
    ['like of comment', (await who.browser.put(`${API}/comments/${comment.id}/like`)).status],
    ['comment', (await say(who, event)).status],
    ['reply', (await say(who, event, { parentId: comment.id })).status],
  ] as const)
    if (status < 300) seen.push(name);
    else expect([404, 400]).toContain(status);
  return seen;
}

const EVERYWHERE = [
  ...['post', 'post/comments', 'post/likes', 'post/history', 'post/shares', 'replies', 'likes'],
  ...['picture', 'feed', 'top', 'group', 'activity', 'like', 'like of comment', 'comment', 'reply'],
];

async function discussed() {
  const all = await club();
  const { chidi, event } = all;
  const comment = await said(chidi, event, { mediaId: await upload(chidi) });
  const picture = comment.media!.urls.card;
  const seen = (who: Person) => seesAnywhere(who, event, comment, picture);
  return { ...all, comment, seen };
}

describe('the post of an event', () => {
  it('is an ordinary post of its group for members, with comments, replies, likes and mentions', async () => {
    const { ada, bruno, chidi, event, seen } = await discussed();
    expect(await seen(ada)).toEqual(EVERYWHERE);
    expect(await seen(bruno)).toEqual(EVERYWHERE);
    const reply = await said(ada, event, {
      parentId: (await commentsOf(ada, event)).items.at(-1)!.id,
      content: `@${chidi.id} Fine`,
    });
    expect(reply.mentions).toMatchObject([{ id: chidi.id }]);
    await listsSettled(place.app);
    const post = await postOf(ada, event);
    expect(post).toMatchObject({
      id: event.seriesId,
      audience: 'group',
      author: { id: bruno.id },
      event: { id: event.id, title: 'Swarm evening', options: [{}, {}] },
      group: { id: event.group.id },
      title: null,
      content: '',
      media: [],
      shared: null,
      shareCount: 0,
    });
    expect((await get(ada, 'feed')).items).toMatchObject([
      { id: event.seriesId, event: { id: event.id } },
    ]);
    expect((await get(ada, 'feed?sort=top')).items).toMatchObject([{ id: event.seriesId }]);
  });

  it('is hidden on every path from who is not in the group, invited or asking', async () => {
    const { ada, dora, group, seen } = await discussed();
    expect(await seen(dora)).toEqual([]);
    await ada.browser
      .post(`${API}/groups/${group.id}/invitations`)
      .send({ userIds: [dora.id] })
      .expect(200);
    expect(await seen(dora)).toEqual([]);
  });

  it('is gone at once for who leaves or is removed, its maker too, and back when they are', async () => {
    const { ada, bruno, chidi, group, event, seen } = await discussed();
    await leave(bruno, group).expect(204);
    await ada.browser.delete(`${API}/groups/${group.id}/members/${chidi.id}`).expect(204);
    expect(await seen(bruno)).toEqual([]);
    expect(await seen(chidi)).toEqual([]);
    expect(await seen(ada)).toEqual(EVERYWHERE);
    expect((await postOf(ada, event)).author!.id).toBe(bruno.id);
    await letIn(ada, group, bruno);
    expect(await seen(bruno)).toEqual(EVERYWHERE);
  });

  it('is hidden while its group is deleted', async () => {
    const { ada, bruno, group, seen } = await discussed();
    await ada.browser.delete(`${API}/groups/${group.id}`).expect(204);
    for (const who of [ada, bruno]) expect(await seen(who)).toEqual([]);
    await ada.browser.post(`${API}/groups/${group.id}/restore`).expect(200);
    expect(await seen(bruno)).toEqual(EVERYWHERE);
  });

  it('stays, as the event does, when its maker is blocked, suspended or removed, without their name', async () => {
    const { ada, bruno, chidi, event, seen } = await discussed();
    await ada.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    expect(await seen(ada)).toEqual(EVERYWHERE);
    expect(JSON.stringify(await postOf(ada, event))).not.toContain(bruno.id);
    const words = (who: Person) => commentsOf(who, event);
    // Whoever the maker has hidden talks with the others.
    const hers = await said(ada, event, { content: 'Me too' });
    expect((await words(chidi)).items.map(({ id }) => id)).toContain(hers.id);
    expect((await words(bruno)).items.map(({ id }) => id)).not.toContain(hers.id);
    expect((await postOf(chidi, event)).commentCount).toBeGreaterThan(
      (await postOf(bruno, event)).commentCount,
    );
    await put(bruno, 'hide', 'suspended');
    expect(await seen(chidi)).toEqual(EVERYWHERE);
    expect(await postOf(chidi, event)).toMatchObject({ author: null, event: { creator: null } });
    await put(bruno, 'restore', 'suspended');
    expect((await postOf(chidi, event)).author!.id).toBe(bruno.id);
  });

  it('stays without its maker when their account is gone, and so do the words of others', async () => {
    const { ada, bruno, chidi, event, comment, seen } = await discussed();
    await said(bruno, event, { content: 'Mine' });
    await place.app.get(AccountRemovalService).remove(bruno.id);
    await until('the account is gone', async () => {
      const left = await place.app
        .get(Database)
        .one(sql`SELECT id FROM users WHERE id = ${bruno.id}`);
      return !left;
    });
    expect(await seen(chidi)).toEqual(EVERYWHERE);
    expect((await postOf(ada, event)).author).toBeNull();
    expect(JSON.stringify(await commentsOf(ada, event))).not.toContain('Mine');
    expect((await commentsOf(ada, event)).items.map(({ id }) => id)).toContain(comment.id);
  });

  it('hides of members what they hide from each other', async () => {
    const { ada, chidi, bruno, event, comment } = await discussed();
    await ada.browser.put(`${API}/users/me/blocks/${chidi.id}`).expect(204);
    expect((await commentsOf(ada, event)).items).toEqual([]);
    expect((await postOf(ada, event)).commentCount).toBe(0);
    await ada.browser.get(`${API}/comments/${comment.id}/likes`).expect(404);
    expect((await commentsOf(bruno, event)).items).toHaveLength(1);
    await put(chidi, 'hide', 'suspended');
    await listsSettled(place.app);
    expect((await postOf(bruno, event)).commentCount).toBe(0);
    expect((await commentsOf(bruno, event)).items).toEqual([]);
    await put(chidi, 'restore', 'suspended');
    await listsSettled(place.app);
    expect((await postOf(bruno, event)).commentCount).toBe(1);
  });

  it('is not in the feed of who has muted its maker, but in the group', async () => {
    const { ada, bruno, event } = await club();
    await listsSettled(place.app);
    await ada.browser.put(`${API}/users/me/mutes/${bruno.id}`).expect(204);
    expect((await get(ada, 'feed')).items).toEqual([]);
    expect((await get(ada, `groups/${event.group.id}/posts`)).items).toHaveLength(1);
  });

  it('is not edited, shared, moved or deleted by itself; it is pinned', async () => {
    const { ada, bruno, event } = await club();
    const path = `${API}/posts/${event.seriesId}`;
    for (const who of [ada, bruno]) {
      await who.browser.patch(path).send({ content: 'Other words' }).expect(404);
      await who.browser.put(`${path}/audience`).send({ audience: 'public' }).expect(404);
      await who.browser.post(`${path}/share`).send({ audience: 'public' }).expect(403);
      await who.browser.post(`${path}/restore`).expect(404);
      await who.browser.get(`${path}/audience`).expect(404);
    }
    const { body } = await ada.browser.delete(path).expect(403);
    expect(body.code).toBe('event-post');
    await bruno.browser.delete(path).expect(404);
    await ada.browser.put(`${path}/pin`).expect(204);
    expect((await get(bruno, `groups/${event.group.id}/pinned`)).items).toMatchObject([
      { id: event.seriesId, event: { id: event.id } },
    ]);
    expect((await get(bruno, `users/${bruno.id}/posts`)).items).toEqual([]);
  });

  it('shows the event as it is now, and who may change that removes comments', async () => {
    const { ada, bruno, chidi, event } = await club({
      repeats: 'weekly',
      until: inDays(40).slice(0, 10),
    });
    const comment = await said(chidi, event);
    expect(comment.canDelete).toBe(true);
    const canDelete = async (who: Person) => (await commentsOf(who, event)).items[0]!.canDelete;
    expect([await canDelete(ada), await canDelete(bruno)]).toEqual([true, true]);
    await change(bruno, event, { title: 'Honey evening' }).expect(200);
    await respond(ada, event).expect(200);
    expect((await postOf(ada, event)).event).toMatchObject({
      title: 'Honey evening',
      options: [{ answerCount: 1 }, {}],
      response: {},
    });
    await cancel(bruno, event).expect(200);
    // The next date that takes place.
    const next = (await postOf(ada, event)).event!;
    expect(next).toMatchObject({ cancelledAt: null });
    expect(next.id).not.toBe(event.id);
    await cancel(bruno, next, 'following').expect(200);
    const none = (await postOf(ada, event)).event!;
    expect(none).toMatchObject({ id: event.id, cancelledAt: expect.any(String) });
    expect((await commentsOf(ada, event)).items).toHaveLength(1);
    await bruno.browser.delete(`${API}/comments/${comment.id}`).expect(204);
    const second = await said(ada, event);
    await chidi.browser.delete(`${API}/comments/${second.id}`).expect(404);
  });

  it('goes with its event, at once, with all that was said under it', async () => {
    const { ada, bruno, event, seen } = await discussed();
    await listsSettled(place.app);
    await bruno.browser.delete(`${API}/events/${event.id}`).expect(204);
    for (const who of [ada, bruno]) expect(await seen(who)).toEqual([]);
    await bruno.browser.post(`${API}/posts/${event.seriesId}/restore`).expect(404);
    await purged();
  });

  it('is one for each event, made with it or not at all', async () => {
    const { bruno, chidi, group, event } = await club();
    const key = { 'Idempotency-Key': 'the same' };
    const body = { title: 'Once', start: inDays(5), zone: 'Europe/Berlin' };
    const send = () => bruno.browser.post(`${API}/groups/${group.id}/events`).set(key).send(body);
    const [one, two] = await Promise.all([send(), send()]);
    expect([one.status, two.status]).toEqual([201, 201]);
    await send().expect(201);
    await bruno.browser
      .post(`${API}/groups/${group.id}/events`)
      .send({ ...body, start: '2020-01-01T10:00' })
      .expect(400);
    const { items } = await get(chidi, `groups/${group.id}/posts`);
    expect(items.map(({ event }: Post) => event!.title)).toEqual(['Once', event.title]);
  });

  it('is not talked about by who is being removed, or while it is being deleted', async () => {
    const { ada, bruno, chidi, group } = await club();
    for (let round = 0; round < 3; round++) {
      const event = await planned(bruno, group.id, { title: `Round ${round}` });
      const [written, removed] = await Promise.all([
        say(chidi, event),
        round ? bruno.browser.delete(`${API}/events/${event.id}`) : leave(chidi, group),
      ]);
      expect(removed.status).toBe(204);
      expect([201, 404]).toContain(written.status);
      await chidi.browser.get(`${API}/posts/${event.seriesId}/comments`).expect(404);
      if (!round) await letIn(ada, group, chidi);
    }
    await purged();
  });
});
