import type { TrendingHashtag } from '@echomate/contracts/discovery.dto';
import { HintsService } from '../../src/modules/discovery/hints.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { setClock } from '../../src/platform/clock.js';
import { found, letIn } from '../support/groups.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { get, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const WEEK_MS = 7 * 24 * 3600_000;
const database = () => place.app.get(Database);
const settle = () => place.app.get(HintsService).settle();

const trends = async (who: Person): Promise<TrendingHashtag[]> =>
  (await get(who, 'discovery/hashtags?limit=30')).items;
const peopleOf = async (who: Person, tag: string) =>
  (await trends(who)).find((trend) => trend.tag === tag)?.people;
/** A hashtag of its own for each test, from the same town. */
let tags = 0;
const newTag = () => `tag${++tags}x`;
const writeAll = async (people: Person[], tag: string) => {
  for (const who of people) await write(who, { content: `About #${tag}` });
};

describe('who may learn what by trends', () => {
  it('counts public posts that the viewer sees, and nothing else', async () => {
    const [me, a, b, c, d] = await place.newPeople('Me', 'A', 'B', 'C', 'D');
    const tag = newTag();
    await writeAll([a!, b!, c!, d!], tag);
    await settle();
    expect(await peopleOf(me!, tag)).toBe(4);

    await a!.browser.put(`${API}/users/me/blocks/${me!.id}`).expect(204);
    expect(await peopleOf(me!, tag)).toBe(3);
    expect(await peopleOf(b!, tag)).toBe(4);
    // Two of three are no trend, and what is left tells nobody why.
    await me!.browser.put(`${API}/users/me/blocks/${b!.id}`).expect(204);
    expect(await peopleOf(me!, tag)).toBeUndefined();
    expect(await peopleOf(c!, tag)).toBe(4);
  });

  it('holds at once when somebody turns private, narrows, edits or deletes, before hints are settled', async () => {
    const [me, a, b, c] = await place.newPeople('Me', 'A', 'B', 'C');
    const tag = newTag();
    await writeAll([a!, b!], tag);
    const last = await write(c!, { content: `About #${tag}` });
    await settle();
    expect(await peopleOf(me!, tag)).toBe(3);
    await c!.browser.put(`${API}/posts/${last.id}/audience`).send({ audience: 'followers' });
    expect(await peopleOf(me!, tag)).toBeUndefined();
    await c!.browser.put(`${API}/posts/${last.id}/audience`).send({ audience: 'public' });
    expect(await peopleOf(me!, tag)).toBe(3);
    await c!.browser.patch(`${API}/posts/${last.id}`).send({ content: 'About nothing' });
    expect(await peopleOf(me!, tag)).toBeUndefined();
    await c!.browser.patch(`${API}/posts/${last.id}`).send({ content: `About #${tag}` });
    expect(await peopleOf(me!, tag)).toBe(3);
    await a!.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    expect(await peopleOf(me!, tag)).toBeUndefined();
    await a!.browser.put(`${API}/users/me/privacy`).send({ visibility: 'public' }).expect(200);
    await c!.browser.delete(`${API}/posts/${last.id}`).expect(204);
    expect(await peopleOf(me!, tag)).toBeUndefined();
  });

  it('leaves out posts for followers, with a link, for nobody and in groups', async () => {
    const [me, a, b, c] = await place.newPeople('Me', 'A', 'B', 'C');
    const group = await found(a!);
    await letIn(a!, group, me!, b!, c!);
    const tag = newTag();
    await writeAll([a!, b!], tag);
    for (const audience of ['followers', 'unlisted', 'me'])
      await write(c!, { content: `About #${tag}`, audience });
    await write(c!, { content: `About #${tag}`, audience: 'group', groupId: group.id });
    await settle();
    expect(await peopleOf(me!, tag)).toBeUndefined();
  });
});

describe('trends', () => {
  it('are what three people write about, not what one writes a hundred times', async () => {
    const [me, a, b, c] = await place.newPeople('Me', 'A', 'B', 'C');
    const [ofOne, ofThree] = [newTag(), newTag()];
    for (let n = 0; n < 100; n++) await write(a!, { content: `Once more #${ofOne}` });
    await write(b!, { content: `Stop that #${ofOne}` });
    await writeAll([a!, b!, c!], ofThree);
    for (let n = 0; n < 10; n++) await write(a!, { content: `Again #${ofThree}` });
    await settle();
    expect(await peopleOf(me!, ofOne)).toBeUndefined();
    expect(await peopleOf(me!, ofThree)).toBe(3);
  });

  it('are what more people use than usual, and end by themselves', async () => {
    const [me, ...writers] = await place.newPeople('Me', 'A', 'B', 'C', 'D', 'E');
    const [steady, rising, falling] = [newTag(), newTag(), newTag()];
    for (let week = 0; week < 3; week++) {
      await writeAll(writers.slice(0, 3), steady);
      await writeAll(writers, falling);
      setClock(Date.now() + WEEK_MS);
    }
    await writeAll(writers.slice(0, 3), steady);
    await writeAll(writers.slice(0, 3), falling);
    await writeAll(writers, rising);
    await settle();
    expect((await trends(me!)).map(({ tag }) => tag)).toEqual([rising]);
    // What falls or stays is not even looked at; half of what rises is dismissed.
    setClock(Date.now() + 8 * 24 * 3600_000);
    for (const settled of [false, true]) {
      if (settled) await settle();
      expect(await trends(me!)).toEqual([]);
    }
    expect(await database().many(sql`SELECT tag FROM trending_posts`)).toEqual([]);
  });

  it('come in a fixed order, the strongest first, and without what one dismissed', async () => {
    const [me, ...writers] = await place.newPeople('Me', 'A', 'B', 'C', 'D');
    const [three, alsoThree, four] = [newTag(), newTag(), newTag()];
    await writeAll(writers.slice(0, 3), alsoThree);
    await writeAll(writers.slice(0, 3), three);
    await writeAll(writers, four);
    await settle();
    const order = [four, ...[three, alsoThree].sort()];
    const shown = async () => (await trends(me!)).map(({ tag }) => tag);
    expect(await shown()).toEqual(order);
    await settle();
    expect(await shown()).toEqual(order);
    expect((await get(me!, 'discovery/hashtags?limit=1')).items).toEqual([
      { tag: four, people: 4 },
    ]);
    const dismissal = `${API}/discovery/dismissals/hashtags/${four.toUpperCase()}`;
    await me!.browser.put(dismissal).expect(204);
    expect(await shown()).toEqual(order.slice(1));
    await me!.browser.delete(dismissal).expect(204);
    expect(await shown()).toEqual(order);
  });

  it('are settled whole after a run that ended in between, and by two at once', async () => {
    const [, ...writers] = await place.newPeople('Me', 'A', 'B', 'C');
    const tag = newTag();
    await writeAll(writers, tag);
    const hints = () =>
      database().many(sql`SELECT tag, post_id FROM trending_posts ORDER BY tag, post_id`);
    await settle();
    const whole = await hints();
    expect(JSON.stringify(whole)).toContain(tag);
    await database().transaction(async (transaction) => {
      await transaction.run(sql`DELETE FROM trending_posts WHERE tag = ${tag}`);
      await transaction.run(sql`UPDATE trending_posts SET tag = 'leftover'`);
    });
    await Promise.all([settle(), settle()]);
    expect(await hints()).toEqual(whole);
  });
});
