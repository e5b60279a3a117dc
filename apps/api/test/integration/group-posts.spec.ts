import type { Post } from '@echomate/contracts/posts.dto';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { expectGroupsToBeSound, found, leave, letIn } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
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

afterEach(async () => {
  await expectGroupsToBeSound(place.app);
  await expectCountsOfPosts(place.app);
});

/** Ada leads a group with Bruno in it; Chidi follows Bruno and is not in it. */
async function club() {
  const [ada, bruno, chidi] = [
    await place.newPerson('Ada'),
    await place.newPerson('Bruno'),
    await place.newPerson('Chidi'),
  ];
  const group = await found(ada);
  await letIn(ada, group, bruno);
  await follow(chidi, bruno).expect(200);
  return { ada, bruno, chidi, group };
}

const inGroup = (who: Person, groupId: string, values: object = {}) =>
  write(who, { audience: 'group', groupId, ...values });

const feedOf = async (who: Person): Promise<string[]> => {
  await listsSettled(place.app);
  return contents((await get(who, 'feed')).items);
};

/** Every path on which a post could show. */
const seesAnywhere = async (who: Person, post: Post, tag: string): Promise<string[]> => {
  await listsSettled(place.app);
  const found: string[] = [];
  const statusOf = async (path: string) => (await who.browser.get(`${API}/${path}`)).status;
  for (const path of ['', '/comments', '/likes', '/history', '/shares'])
    if ((await statusOf(`posts/${post.id}${path}`)) === 200) found.push(`post${path}`);
  for (const { urls } of post.media)
    if ((await who.browser.get(urls.card)).status === 200) found.push('picture');
  for (const [name, path] of [
    ['feed', 'feed'],
    ['top', 'feed?sort=top'],
    ['hashtag', `hashtags/${tag}/posts`],
    ['profile', `users/${post.author!.id}/posts`],
    ['mentions', 'users/me/mentions'],
    ['group', `groups/${post.group!.id}/posts`],
    ['pinned', `groups/${post.group!.id}/pinned`],
  ]) {
    const { status, body } = await who.browser.get(`${API}/${path}`);
    if (status === 200 && JSON.stringify(body).includes(post.id)) found.push(name!);
  }
  return found;
};

describe('a post in a group', () => {
  it('is on every path for members, and on none for others, whoever they follow', async () => {
    const { ada, bruno, chidi, group } = await club();
    const post = await inGroup(bruno, group.id, {
      content: `@${ada.id} @${chidi.id} #swarm`,
      mediaIds: [await upload(bruno)],
    });
    expect(post).toMatchObject({
      audience: 'group',
      group: { id: group.id, title: 'Beekeepers', isLed: false },
    });
    await ada.browser.put(`${API}/posts/${post.id}/pin`).expect(204);
    const everywhere = [
      ...['post', 'post/comments', 'post/likes', 'post/history', 'post/shares', 'picture'],
      ...['feed', 'top', 'hashtag', 'profile', 'mentions', 'group', 'pinned'],
    ];
    expect(await seesAnywhere(ada, post, 'swarm')).toEqual(everywhere);
    expect((await get(ada, `posts/${post.id}`)).group.isLed).toBe(true);
    expect(await seesAnywhere(chidi, post, 'swarm')).toEqual([]);
    expect((await get(bruno, `posts/${post.id}/audience`)).count).toBe(1);
    const preview = await bruno.browser
      .post(`${API}/posts/audience-preview`)
      .send({ audience: 'group', groupId: group.id })
      .expect(200);
    expect(preview.body).toMatchObject({ count: 1, items: [{ firstName: 'Ada' }] });
    await chidi.browser
      .post(`${API}/posts/audience-preview`)
      .send({ audience: 'group', groupId: group.id })
      .expect(400);
  });

  it.each([
    [
      'leaves',
      async ({ bruno, group }: Awaited<ReturnType<typeof club>>) => {
        await leave(bruno, group).expect(204);
      },
    ],
    [
      'is removed',
      async ({ ada, bruno, group }: Awaited<ReturnType<typeof club>>) => {
        await ada.browser.delete(`${API}/groups/${group.id}/members/${bruno.id}`).expect(204);
      },
    ],
    [
      'sees it deleted',
      async ({ ada, group }: Awaited<ReturnType<typeof club>>) => {
        await ada.browser.delete(`${API}/groups/${group.id}`).expect(204);
      },
    ],
  ])('is gone at once for who %s, their own too', async (_, happens) => {
    const all = await club();
    const { ada, bruno, group } = all;
    const theirs = await inGroup(ada, group.id, {
      content: `@${bruno.id} #swarm`,
      mediaIds: [await upload(ada)],
    });
    const own = await inGroup(bruno, group.id, { content: '#swarm' });
    await comment(bruno, theirs);
    expect(await seesAnywhere(bruno, theirs, 'swarm')).toContain('feed');
    expect(await seesAnywhere(bruno, own, 'swarm')).toContain('feed');
    await happens(all);
    expect(await seesAnywhere(bruno, theirs, 'swarm')).toEqual([]);
    expect(await seesAnywhere(bruno, own, 'swarm')).toEqual([]);
    await bruno.browser.patch(`${API}/posts/${own.id}`).send({ content: 'New' }).expect(404);
    await bruno.browser.delete(`${API}/posts/${own.id}`).expect(404);
    await send(bruno, { audience: 'group', groupId: group.id }).expect(400);
    const entries = await place.app.get(Database).many(sql`
      SELECT e.post_id FROM feed_entries e JOIN posts p ON p.id = e.post_id
      WHERE e.owner_id = ${bruno.id} AND p.group_id = ${group.id}`);
    if (_ !== 'sees it deleted') expect(entries).toEqual([]);
  });

  it('is in the feed of who comes later, and back in that of who comes back', async () => {
    const { ada, bruno, chidi, group } = await club();
    await inGroup(ada, group.id, { content: 'Before' });
    await letIn(ada, group, chidi);
    expect(await feedOf(chidi)).toEqual(['Before']);
    await leave(bruno, group).expect(204);
    expect(await feedOf(bruno)).toEqual([]);
    await letIn(ada, group, bruno);
    expect(await feedOf(bruno)).toEqual(['Before']);
  });

  it('is hidden with the account of its author, and with a block between two members', async () => {
    const { ada, bruno, chidi, group } = await club();
    await letIn(ada, group, chidi);
    const post = await inGroup(bruno, group.id, { content: '#swarm' });
    await chidi.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    expect(await seesAnywhere(chidi, post, 'swarm')).toEqual([]);
    expect(await seesAnywhere(ada, post, 'swarm')).toContain('feed');
    const accounts = place.app.get(AccountStatesService);
    const database = place.app.get(Database);
    await database.transaction((transaction) => accounts.hide(transaction, bruno.id, 'suspended'));
    expect(await seesAnywhere(ada, post, 'swarm')).toEqual([]);
    await listsSettled(place.app);
    expect((await get(ada, `groups/${group.id}`)).memberCount).toBe(2);
    await database.transaction((transaction) =>
      accounts.restore(transaction, bruno.id, 'suspended'),
    );
    expect(await seesAnywhere(ada, post, 'swarm')).toContain('feed');
    expect((await get(ada, `groups/${group.id}`)).memberCount).toBe(3);
  });

  it('stays in the group: it is not shared, and its audience does not change', async () => {
    const { ada, bruno, group } = await club();
    const post = await inGroup(bruno, group.id);
    await ada.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public' })
      .expect(403);
    for (const change of [{ audience: 'public' }, { audience: 'me' }])
      await bruno.browser.patch(`${API}/posts/${post.id}`).send(change).expect(403);
    const open = await write(bruno);
    await bruno.browser
      .put(`${API}/posts/${open.id}/audience`)
      .send({ audience: 'group', groupId: group.id })
      .expect(403);
    const { body } = await bruno.browser
      .patch(`${API}/posts/${post.id}`)
      .send({ content: 'Other words' })
      .expect(200);
    expect(body).toMatchObject({ content: 'Other words', group: { id: group.id } });
  });

  it('may share what others wrote elsewhere, for those members who see it', async () => {
    const { ada, bruno, chidi, group } = await club();
    const post = await write(chidi, { content: 'Public' });
    const share = await bruno.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'group', groupId: group.id, content: 'Look' })
      .expect(201);
    expect(await feedOf(ada)).toEqual(['Look']);
    await chidi.browser.get(`${API}/posts/${share.body.id}`).expect(404);
    expect((await get(chidi, `posts/${post.id}`)).shareCount).toBe(0);
  });

  it('is deleted and restored by its author, or by who leads the group', async () => {
    const { ada, bruno, group } = await club();
    const post = await inGroup(bruno, group.id);
    const remove = (who: Person) => who.browser.delete(`${API}/posts/${post.id}`);
    const restore = (who: Person) => who.browser.post(`${API}/posts/${post.id}/restore`);
    await remove(ada).expect(204);
    await bruno.browser.get(`${API}/posts/${post.id}`).expect(404);
    await restore(bruno).expect(404);
    await restore(ada).expect(200);
    await remove(bruno).expect(204);
    await restore(ada).expect(404);
    await restore(bruno).expect(200);
    const hers = await inGroup(ada, group.id);
    await bruno.browser.delete(`${API}/posts/${hers.id}`).expect(404);
  });

  it('is pinned by who leads the group, up to five', async () => {
    const { ada, bruno, chidi, group } = await club();
    const posts: Post[] = [];
    for (let n = 0; n < 6; n++) posts.push(await inGroup(bruno, group.id, { content: `No ${n}` }));
    const pin = (who: Person, post: Post) => who.browser.put(`${API}/posts/${post.id}/pin`);
    await pin(bruno, posts[0]!).expect(403);
    await pin(chidi, posts[0]!).expect(404);
    await pin(ada, await write(ada)).expect(404);
    for (const post of posts.slice(0, 5)) await pin(ada, post).expect(204);
    await pin(ada, posts[0]!).expect(204);
    await pin(ada, posts[5]!).expect(409);
    const pinned = async () => contents((await get(bruno, `groups/${group.id}/pinned`)).items);
    expect(await pinned()).toEqual(['No 4', 'No 3', 'No 2', 'No 1', 'No 0']);
    await ada.browser.delete(`${API}/posts/${posts[0]!.id}/pin`).expect(204);
    await bruno.browser.delete(`${API}/posts/${posts[1]!.id}`).expect(204);
    expect(await pinned()).toEqual(['No 4', 'No 3', 'No 2']);
    await pin(ada, posts[5]!).expect(204);
  });

  it('is not written by who is being removed at that moment', async () => {
    const { ada, bruno, group } = await club();
    for (let round = 0; round < 5; round++) {
      const [written, removed] = await Promise.all([
        send(bruno, { audience: 'group', groupId: group.id, content: `Round ${round}` }),
        ada.browser.delete(`${API}/groups/${group.id}/members/${bruno.id}`),
      ]);
      expect(removed.status).toBe(204);
      // 404: it was written, but its author was out before they could read it.
      expect([201, 400, 404]).toContain(written.status);
      await bruno.browser.get(`${API}/groups/${group.id}/posts`).expect(404);
      const seen = contents((await get(ada, `groups/${group.id}/posts`)).items);
      expect(seen.includes(`Round ${round}`)).toBe(written.status !== 400);
      await letIn(ada, group, bruno);
    }
  });

  it('is not left over by a group that is deleted while it is written', async () => {
    for (let round = 0; round < 3; round++) {
      const { ada, bruno, group } = await club();
      const [written] = await Promise.all([
        send(bruno, { audience: 'group', groupId: group.id, content: 'Late' }),
        ada.browser.delete(`${API}/groups/${group.id}`).expect(204),
      ]);
      if (written.status === 201)
        await bruno.browser.get(`${API}/posts/${written.body.id}`).expect(404);
      await ada.browser.post(`${API}/groups/${group.id}/restore`).expect(200);
      const seen = (await get(bruno, `groups/${group.id}/posts`)).items;
      expect(seen).toHaveLength(written.status === 400 ? 0 : 1);
    }
  });

  it('goes for good with its group', async () => {
    const { ada, bruno, group } = await club();
    const post = await inGroup(bruno, group.id, { mediaIds: [await upload(bruno)] });
    await comment(ada, post);
    await ada.browser.delete(`${API}/groups/${group.id}`).expect(204);
    const database = place.app.get(Database);
    const longAgo = new Date(Date.now() - 3600_000).toISOString();
    await database.transaction(async (transaction) => {
      await transaction.run(sql`UPDATE groups SET deleted_at = ${longAgo} WHERE id = ${group.id}`);
      await transaction.run(sql`UPDATE jobs SET run_at = ${longAgo} WHERE kind = 'groups.wipe'`);
    });
    for (let attempt = 0; ; attempt++) {
      const left = await database.many(sql`
        SELECT m.id FROM media m WHERE m.post_id = ${post.id}
        UNION ALL SELECT c.id FROM comments c WHERE c.post_id = ${post.id}
        UNION ALL SELECT e.post_id FROM feed_entries e WHERE e.post_id = ${post.id}`);
      if (!left.length) break;
      expect(attempt).toBeLessThan(500);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
});
