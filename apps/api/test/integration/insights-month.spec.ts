import type { PeopleInSpan, PeopleOverTime } from '@echomate/contracts/insights.dto';
import type { Post } from '@echomate/contracts/posts.dto';
import { InsightsRemovalService } from '../../src/modules/insights/insights-removal.service.js';
import { setClock } from '../../src/platform/clock.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { choose, counted, insightsOf, look, reachOf, visitProfile } from '../support/insights.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

const DAY_MS = 86_400_000;
/** The clocks of Berlin change on March 29. */
const START = Date.parse('2026-03-01T00:00:00Z');
setClock(START);

const place = neighbourhood();
const at = (day: number, time: string) =>
  setClock(Date.parse(`2026-03-${String(day).padStart(2, '0')}T${time}:00Z`));

/** Mirrors the rules in plain words: nobody twice, and no number below five. */
const told = (people: number) => (people > 0 && people < 5 ? null : people);
const countsOf = ({ spans }: PeopleOverTime) =>
  Object.fromEntries(
    spans.filter(({ count }: PeopleInSpan) => count !== 0).map(({ from, count }) => [from, count]),
  );

/** Which visitors look at the newest post on a day of March, and at what time of UTC. */
const visitorsOn = (day: number): [visitor: number, time: string][] => [
  ...(day % 7 === 2
    ? ([0, 1, 2, 3, 4, 5, 6] as const).map((who): [number, string] => [who, '17:10'])
    : []),
  ...(day % 7 === 3 && day < 31
    ? ([0, 7] as const).map((who): [number, string] => [who, '23:20'])
    : []),
  ...(day % 7 === 5 ? ([8, 9, 1] as const).map((who): [number, string] => [who, '09:00']) : []),
];

/** Days begin an hour earlier in Berlin, and two from the 29th on. */
const dayInBerlin = (day: number, time: string) =>
  new Date(
    Date.parse(`2026-03-${String(day).padStart(2, '0')}T${time}:00Z`) +
      (day >= 29 ? 2 : 1) * 3_600_000,
  )
    .toISOString()
    .slice(0, 10);

describe('a month with known visitors', () => {
  let ada: Person;
  let visitors: Person[];
  let hidden: Person;
  const posts: Post[] = [];
  /** Of each post */
  const viewersOf: Set<number>[] = [];
  const sums = { reach: new Map<string, number>(), visits: new Map<string, number>() };

  beforeAll(async () => {
    ada = await place.newPerson('Ada');
    visitors = await place.newPeople(
      ...Array.from({ length: 10 }, (_, who) => `Visitor${'abcdefghij'[who]}`),
    );
    hidden = await place.newPerson('Hidden');
    await choose(ada, { zone: 'Europe/Berlin' });
    await choose(hidden, { isCounted: false });
    for (let day = 2; day <= 31; day++) {
      if (day % 7 === 2) {
        at(day, '08:00');
        posts.push(await write(ada, { content: `Day ${day}` }));
        viewersOf.push(new Set());
      }
      const seenToday = new Map<string, Set<number>>();
      for (const [who, time] of visitorsOn(day).sort(([, a], [, b]) => a.localeCompare(b))) {
        at(day, time);
        const local = dayInBerlin(day, time);
        // Twice, and through a list as well: still once.
        await look(visitors[who]!, posts.at(-1)!);
        await look(visitors[who]!, posts.at(-1)!);
        await visitors[who]!.browser.get(`${API}/users/${ada.id}/posts?limit=1`).expect(200);
        if (!viewersOf.at(-1)!.has(who)) {
          viewersOf.at(-1)!.add(who);
          sums.reach.set(local, (sums.reach.get(local) ?? 0) + 1);
        }
        await visitProfile(visitors[who]!, ada);
        await visitProfile(visitors[who]!, ada);
        const today = seenToday.get(local) ?? new Set();
        seenToday.set(local, today.add(who));
        await look(hidden, posts.at(-1)!);
        await visitProfile(hidden, ada);
        await look(ada, posts.at(-1)!);
      }
      for (const [local, today] of seenToday)
        sums.visits.set(local, (sums.visits.get(local) ?? 0) + today.size);
      await counted(place.app);
    }
    at(31, '21:30');
  }, 120_000);

  const sumOf = (numbers: Iterable<number>) => [...numbers].reduce((sum, one) => sum + one, 0);
  const toldOf = (days: Map<string, number>) =>
    Object.fromEntries([...days].map(([day, people]) => [day, told(people)]));

  it('gives exactly the numbers that are known', async () => {
    // Of each post 7 on the first day; of four of them, later, one of two at night and two of three in the morning.
    expect(viewersOf.map(({ size }) => size)).toEqual([10, 10, 10, 10, 7]);
    const { zone, numbers } = await insightsOf(ada, 'month');
    expect(zone).toBe('Europe/Berlin');
    const { reach, visits } = numbers!;
    expect(reach.spans).toHaveLength(30);
    expect([reach.spans[0]!.from, reach.spans.at(-1)!.to]).toEqual(['2026-03-02', '2026-03-31']);
    expect(countsOf(reach)).toEqual(toldOf(sums.reach));
    expect(countsOf(visits)).toEqual(toldOf(sums.visits));
    expect(reach).toMatchObject({ total: 47, isAtLeast: false });
    expect(sumOf(sums.reach.values())).toBe(47);
    expect(visits).toMatchObject({ total: sumOf(sums.visits.values()), isAtLeast: false });
    // At night it is the next day in Berlin.
    expect(Object.keys(countsOf(reach))).toEqual(expect.arrayContaining(['2026-03-04']));
    expect(Object.keys(countsOf(reach))).not.toContain('2026-03-03');
    const { numbers: week } = await insightsOf(ada, 'week');
    expect(countsOf(week!.reach)).toEqual(
      toldOf(new Map([...sums.reach].filter(([day]) => day >= '2026-03-25'))),
    );
    const year = (await insightsOf(ada, 'year')).numbers!;
    expect(year.reach.spans).toHaveLength(12);
    expect(countsOf(year.reach)).toEqual({ '2026-03-01': 47 });
  });

  it('adds up: posts, days and quarter hours', async () => {
    const people = await Promise.all(posts.map((post) => reachOf(ada, post)));
    // With 10 the other two days, of fewer than five, would be known to be three together.
    expect(people.map(({ total, isAtLeast }) => [total, isAtLeast])).toEqual([
      ...Array<unknown>(4).fill([9, true]),
      [7, false],
    ]);
    const database = place.app.get(Database);
    const [rows] = await database.many<Record<string, number>>(sql`
      SELECT (SELECT count(*) FROM post_viewers) AS viewers,
        (SELECT sum(people) FROM post_reach) AS reach,
        (SELECT sum(people) FROM reached_posts) AS posts,
        (SELECT sum(people) FROM insight_sums WHERE kind = 'reach') AS sums`);
    expect(Object.values(rows!).map(Number)).toEqual([47, 47, 47, 47]);
  });

  it('says when posts are seen by the clocks of the zone, and which posts were', async () => {
    const busy = (await insightsOf(ada, 'month')).numbers!.busyTimes!;
    // March 2 was a Monday, and 17:10 is 18:10; after the clocks have changed 19:10.
    expect(busy[0]!.levels[18]).toBe(4);
    expect(busy[0]!.levels[19]).toBe(1);
    expect(busy[3]!.levels[10]).toBe(2);
    expect(busy.flatMap(({ levels }) => levels).filter((level) => level > 0)).toHaveLength(3);
    await comment(visitors[0]!, posts[1]!);
    const { mostReached, mostAnswered } = (await insightsOf(ada, 'month')).numbers!;
    expect(mostReached.map(({ people }) => people)).toEqual([9, 9, 9, 9, 7]);
    expect(mostReached[4]!.post.id).toBe(posts[4]!.id);
    expect(mostAnswered.map(({ id }) => id)).toEqual([posts[1]!.id]);
  });

  it('counts followers who came and went', async () => {
    at(31, '21:40');
    for (const one of visitors.slice(0, 4)) await follow(one, ada).expect(200);
    await visitors[0]!.browser.delete(`${API}/users/${ada.id}/follow`).expect(204);
    const { followers } = (await insightsOf(ada, 'week')).numbers!;
    expect(followers).toMatchObject({ gained: 4, lost: 1 });
    expect(followers.spans.at(-1)).toEqual({
      from: '2026-03-31',
      to: '2026-03-31',
      gained: 4,
      lost: 1,
    });
  });

  it('leaves its sums after 90 days, and nobody', async () => {
    setClock(START + 130 * DAY_MS);
    const late = await place.newPerson('Late');
    const other = await place.newPerson('Other');
    const newPost = await write(late, { content: 'New' });
    await look(late, posts[0]!);
    await look(other, newPost);
    await counted(place.app);
    await place.app.get(InsightsRemovalService).forgetViewers();
    const database = place.app.get(Database);
    const viewers = await database.many<{ postId: string }>(
      sql`SELECT post_id AS "postId" FROM post_viewers`,
    );
    expect(viewers).toEqual([{ postId: newPost.id }]);
    expect(await database.many(sql`SELECT day FROM profile_visitors`)).toEqual([]);
    // It is too old to reach anybody anew.
    await look(late, posts[0]!);
    await counted(place.app);
    const reach = await database.many<{ people: number }>(
      sql`SELECT people FROM reached_posts WHERE author_id = ${ada.id} ORDER BY post_id`,
    );
    expect(reach.map(({ people }) => people)).toEqual([10, 10, 10, 10, 7]);
  });
});
