import type { DiscoveredPost, DiscoveredPostPage } from '@echomate/contracts/discovery.dto';
import type { Post } from '@echomate/contracts/posts.dto';
import { HintsService } from '../../src/modules/discovery/hints.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { found, letIn } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, get, listsSettled, write } from '../support/posts.js';
import { insertLike, insertPerson, insertPost } from '../support/rows.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const database = () => place.app.get(Database);
const settle = () => place.app.get(HintsService).settle();

const discover = async (who: Person, query = ''): Promise<DiscoveredPost[]> =>
  (await get(who, `discovery/posts?limit=50${query}`)).items;
/** Why the post is shown; undefined if it is not. */
const why = async (who: Person, { id }: { id: string }) =>
  (await discover(who)).find((post) => post.id === id)?.reason;
const like = (who: Person, { id }: { id: string }) =>
  who.browser.put(`${API}/posts/${id}/like`).expect(200);
const share = (who: Person, { id }: { id: string }, audience = 'public') =>
  who.browser.post(`${API}/posts/${id}/share`).send({ audience, content: 'Look' }).expect(201);

/** A viewer whom nobody knows, an author with a post that a fan likes. */
async function world(values: Record<string, unknown> = {}) {
  const [me, author, fan] = await place.newPeople('Me', 'Author', 'Fan');
  const post = await write(author!, values);
  await like(fan!, post);
  return { me: me!, author: author!, fan: fan!, post };
}

describe('who may see what on Discover', () => {
  it.each(['followers', 'unlisted', 'me'])('never shows a post for %s', async (audience) => {
    const { me, fan, author, post } = await world();
    expect(await why(me, post)).toMatchObject({ kind: 'liked', count: 1 });
    await follow(fan, author).expect(200);
    await author.browser.put(`${API}/posts/${post.id}/audience`).send({ audience }).expect(200);
    for (const settled of [false, true]) {
      if (settled) await settle();
      expect(await why(me, post)).toBeUndefined();
    }
  });

  it('shows nothing of who is private, not active or blocked either way, and nothing that is deleted', async () => {
    const { me, author, post, fan } = await world();
    await settle();
    const { id } = post;
    await author.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    expect(await why(me, post)).toBeUndefined();
    await author.browser.put(`${API}/users/me/privacy`).send({ visibility: 'public' }).expect(200);
    expect(await why(me, post)).toBeDefined();
    for (const [who, whom] of [
      [me, author],
      [author, me],
    ] as const) {
      await who.browser.put(`${API}/users/me/blocks/${whom.id}`).expect(204);
      expect(await why(me, post)).toBeUndefined();
      await who.browser.delete(`${API}/users/me/blocks/${whom.id}`).expect(204);
    }
    await author.browser.delete(`${API}/posts/${id}`).expect(204);
    expect(await why(me, post)).toBeUndefined();
    await author.browser.post(`${API}/posts/${id}/restore`).expect(200);
    expect(await why(me, post)).toBeDefined();
    await database().transaction((transaction) =>
      place.app.get(AccountStatesService).hide(transaction, author.id, 'suspended'),
    );
    expect(await why(me, post)).toBeUndefined();
    expect(await why(fan, post)).toBeUndefined();
  });

  it('leaves out one’s own posts, those of whom one follows or mutes, of groups, and shares', async () => {
    const { me, author, fan, post } = await world();
    expect(await why(author, post)).toBeUndefined();
    await me.browser.put(`${API}/users/me/mutes/${author.id}`).expect(204);
    expect(await why(me, post)).toBeUndefined();
    await me.browser.delete(`${API}/users/me/mutes/${author.id}`).expect(204);
    await follow(me, author).expect(200);
    expect(await why(me, post)).toBeUndefined();

    const group = await found(author);
    await letIn(author, group, me, fan);
    const inside = await write(author, { audience: 'group', groupId: group.id });
    const { body: shared } = await share(fan, post);
    for (const one of [inside, shared as Post]) await like(author, one);
    await settle();
    const shown = (await discover(me)).map(({ id }) => id);
    expect(shown).not.toContain(inside.id);
    expect(shown).not.toContain(shared.id);
  });

  it('counts only people whom the viewer sees, and shows nothing that only hidden people like', async () => {
    const { me, author, fan, post } = await world();
    const [other] = await place.newPeople('Other');
    await like(other!, post);
    await comment(fan, post);
    expect(await why(me, post)).toEqual({ kind: 'discussed', count: 1, tag: null });
    await fan.browser.put(`${API}/users/me/blocks/${me.id}`).expect(204);
    expect(await why(me, post)).toEqual({ kind: 'liked', count: 1, tag: null });
    await other!.browser.put(`${API}/users/me/blocks/${me.id}`).expect(204);
    expect(await why(me, post)).toBeUndefined();
    // The author's own like and comment are nobody else's.
    await like(author, post);
    await comment(author, post);
    expect(await why(me, post)).toBeUndefined();
  });

  it('does not let the order tell of hidden people either', async () => {
    const [me, one, other, hidden, ...fans] = await place.newPeople(
      'Me',
      'One',
      'Other',
      'Hidden',
      'F',
      'G',
    );
    const [first, second] = [await write(one!), await write(other!)];
    for (const who of [hidden!, fans[0]!]) await like(who, first);
    for (const who of fans) await comment(who, first);
    for (const who of [hidden!]) await comment(who, first);
    for (const who of fans) await comment(who, second);
    await like(fans[0]!, second);
    await share(hidden!, first);
    const order = async () =>
      (await discover(me!))
        .filter(({ id }) => [first.id, second.id].includes(id))
        .map(({ id }) => id);
    expect(await order()).toEqual([first.id, second.id]);
    await hidden!.browser.put(`${API}/users/me/blocks/${me!.id}`).expect(204);
    // Alike now, so the newer one comes first.
    expect(await order()).toEqual([second.id, first.id]);
  });
});

describe('posts on Discover', () => {
  it('come by likes, comments and shares of different people, with the reason', async () => {
    const [me, a, b, c, x, y, z] = await place.newPeople('Me', 'A', 'B', 'C', 'X', 'Y', 'Z');
    const [liked, discussed, shared] = [await write(a!), await write(b!), await write(c!)];
    for (const who of [x!, y!, z!]) await like(who, liked);
    for (const who of [x!, y!, x!, x!]) await comment(who, discussed);
    for (const who of [x!, y!]) await share(who, shared);
    const shown = await discover(me!);
    const order = [shared, discussed, liked].map(({ id }) => id);
    expect(shown.map(({ id }) => id).filter((id) => order.includes(id))).toEqual(order);
    expect(await why(me!, liked)).toEqual({ kind: 'liked', count: 3, tag: null });
    expect(await why(me!, discussed)).toEqual({ kind: 'discussed', count: 2, tag: null });
    expect(await why(me!, shared)).toEqual({ kind: 'shared', count: 2, tag: null });
    expect(await discover(me!)).toEqual(shown);
  });

  it('are closer if they are about what one writes about, unless one does not want that', async () => {
    const { me, post } = await world({ content: 'Swifts are back #swifts' });
    await write(me, { content: 'I saw #Swifts', audience: 'me' });
    expect(await why(me, post)).toEqual({ kind: 'hashtag', count: 0, tag: 'swifts' });
    await me.browser
      .put(`${API}/discovery/settings`)
      .send({ isSuggested: true, usesInterests: false })
      .expect(200);
    expect(await why(me, post)).toMatchObject({ kind: 'liked' });
  });

  it('are two of each author at most', async () => {
    const { me, author, fan } = await world();
    for (let n = 0; n < 3; n++) await like(fan, await write(author));
    expect((await discover(me)).filter((post) => post.author?.id === author.id)).toHaveLength(2);
  });

  it('are gone once one is not interested, in a post or in its author, or the author does not want it', async () => {
    const { me, author, post } = await world();
    const dismissals = `${API}/discovery/dismissals`;
    for (const what of [`posts/${post.id}`, `people/${author.id}`]) {
      await me.browser.put(`${dismissals}/${what}`).expect(204);
      expect(await why(me, post)).toBeUndefined();
      await me.browser.delete(`${dismissals}/${what}`).expect(204);
      expect(await why(me, post)).toBeDefined();
    }
    const choose = (isSuggested: boolean) =>
      author.browser
        .put(`${API}/discovery/settings`)
        .send({ isSuggested, usesInterests: true })
        .expect(200);
    await choose(false);
    expect(await why(me, post)).toBeUndefined();
    await choose(true);
    expect(await why(me, post)).toBeDefined();
  });

  it('come page by page, in the same order, without a gap', async () => {
    const { me } = await world();
    const whole = (await discover(me)).map(({ id }) => id);
    expect(whole.length).toBeGreaterThan(5);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: DiscoveredPostPage = await get(
        me,
        `discovery/posts?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      expect(page.items.length).toBeGreaterThan(0);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  it('are of the last seven days', async () => {
    const { me } = await world();
    await listsSettled(place.app);
    const old = await database().transaction(async (transaction) => {
      const [author, fan] = [await insertPerson(transaction), await insertPerson(transaction)];
      const id = await insertPost(transaction, author, 'public');
      await insertLike(transaction, 'posts', id, fan);
      return id;
    });
    await settle();
    expect(await why(me, { id: old })).toBeDefined();
    const eightDaysAgo = (Date.now() - 8 * 24 * 3600_000).toString(16).padStart(12, '0');
    const older = `${eightDaysAgo.slice(0, 8)}-${eightDaysAgo.slice(8)}${old.slice(13)}`;
    await database().transaction(async (transaction) => {
      await transaction.run(sql`DELETE FROM stirring_posts WHERE post_id = ${old}`);
      await transaction.run(sql`
        INSERT INTO posts (id, author_id, audience, content, like_count, created_at)
        SELECT ${older}, author_id, audience, content, like_count, created_at FROM posts WHERE id = ${old}`);
      await transaction.run(sql`UPDATE post_likes SET post_id = ${older} WHERE post_id = ${old}`);
      await transaction.run(sql`UPDATE posts SET like_count = 0 WHERE id = ${old}`);
    });
    await settle();
    expect(await why(me, { id: older })).toBeUndefined();
    expect(await why(me, { id: old })).toBeUndefined();
  });
});

describe('the hints', () => {
  it('are the same however often they are settled, and find what nobody touched for long', async () => {
    const { me, post } = await world();
    const hints = () => database().many(sql`SELECT post_id FROM stirring_posts ORDER BY post_id`);
    await settle();
    const settled = await hints();
    expect(JSON.stringify(settled)).toContain(post.id);
    await database().transaction((transaction) => transaction.run(sql`DELETE FROM stirring_posts`));
    await Promise.all([settle(), settle()]);
    expect(await hints()).toEqual(settled);
    // Beyond what was done last, only the hints know of the post.
    await database().transaction(async (transaction) => {
      const [author, fan] = [await insertPerson(transaction), await insertPerson(transaction)];
      for (let n = 0; n < 120; n++) {
        const id = await insertPost(transaction, author, 'me');
        await insertLike(transaction, 'posts', id, fan);
      }
    });
    expect(await why(me, post)).toBeDefined();
    await database().transaction((transaction) => transaction.run(sql`DELETE FROM stirring_posts`));
    expect(await why(me, post)).toBeUndefined();
    await settle();
    expect(await why(me, post)).toBeDefined();
  });
});
