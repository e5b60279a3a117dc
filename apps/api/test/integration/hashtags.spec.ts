import type { PostPage } from '@echomate/contracts/posts.dto';
import fc from 'fast-check';
import { canSeeInLists, postColumns } from '../../src/access/post.access.js';
import { BlocksService } from '../../src/modules/follows/blocks.service.js';
import { FollowsService } from '../../src/modules/follows/follows.service.js';
import { HashtagsService } from '../../src/modules/posts/hashtags.service.js';
import { PostWritingService } from '../../src/modules/posts/post-writing.service.js';
import { UsersService } from '../../src/modules/users/users.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { tagMasses } from '../support/tag-masses.js';
import { neighbourhood } from '../support/neighbourhood.js';
import { listsSettled } from '../support/posts.js';

const place = neighbourhood();
const TAG = 'bees';
const PEOPLE = 5;

const KINDS = {
  write: 8,
  share: 5,
  edit: 3,
  setAudience: 5,
  delete: 2,
  restore: 2,
  turn: 4,
  follow: 8,
  accept: 4,
  unfollow: 2,
  block: 1,
  unblock: 1,
};
const person = fc.nat(PEOPLE - 1);
/** Each kind takes what it needs. */
const fact = fc.record({
  kind: fc.constantFrom(
    ...Object.entries(KINDS).flatMap(([kind, weight]) =>
      Array<keyof typeof KINDS>(weight).fill(kind as keyof typeof KINDS),
    ),
  ),
  by: person,
  of: person,
  post: fc.nat(40),
  isTagged: fc.boolean(),
  audience: fc.constantFrom(
    'public' as const,
    'followers' as const,
    'chosen' as const,
    'unlisted' as const,
    'me' as const,
  ),
  chosen: fc.uniqueArray(person, { minLength: 1, maxLength: 2 }),
  visibility: fc.constantFrom('public' as const, 'private' as const),
});
type Fact = typeof fact extends fc.Arbitrary<infer Value> ? Value : never;

describe('the page of a hashtag', () => {
  let ids: string[];
  let posts: { id: string; author: string }[];
  beforeAll(async () => {
    const names = Array.from({ length: PEOPLE }, (_, at) => `Person ${'ABCDE'[at]}`);
    ids = [];
    for (const name of names) ids.push((await place.newPerson(name)).id);
  });

  const startAnew = async () => {
    await listsSettled(place.app);
    posts = [];
    await place.app.get(Database).transaction(async (transaction) => {
      for (const table of [sql`posts`, sql`follows`, sql`follow_counts`, sql`blocks`])
        await transaction.run(sql`DELETE FROM ${table}`);
      await transaction.run(sql`UPDATE users SET visibility = 'public'`);
    });
  };

  const happen = async (step: Fact): Promise<void> => {
    const writing = place.app.get(PostWritingService);
    const follows = place.app.get(FollowsService);
    const blocks = place.app.get(BlocksService);
    const [by, of] = [ids[step.by]!, ids[step.of]!];
    const words = (isTagged: boolean) => `${isTagged ? `#${TAG}` : 'Hm'} ${Math.random()}`;
    const content = words(step.isTagged);
    const audience =
      step.audience === 'chosen'
        ? { audience: step.audience, chosenUserIds: step.chosen.map((at) => ids[at]!) }
        : { audience: step.audience };
    const about = posts[step.post % Math.max(1, posts.length)];
    switch (step.kind) {
      case 'write': {
        const { id } = await writing.create(by, { content, ...audience });
        posts.push({ id, author: by });
        return;
      }
      case 'turn':
        await place.app.get(UsersService).updateVisibility(by, step.visibility);
        return;
      case 'follow':
      case 'accept':
      case 'unfollow':
        await follows[step.kind](by, of);
        return;
      case 'block':
      case 'unblock':
        return blocks[step.kind](by, of);
    }
    if (!about) return;
    switch (step.kind) {
      case 'share': {
        const { id } = await writing.share(by, about.id, { content: words(true), ...audience });
        posts.push({ id, author: by });
        return;
      }
      case 'edit':
        await writing.update(about.author, about.id, { content });
        return;
      case 'setAudience':
        await writing.changeAudience(about.author, about.id, audience);
        return;
      default:
        await writing[step.kind](about.author, about.id);
    }
  };

  const pagedThrough = async (viewerId: string, limit: number): Promise<string[]> => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page: PostPage = await place.app
        .get(HashtagsService)
        .page(viewerId, TAG, { limit, ...(cursor ? { cursor } : {}) });
      found.push(...page.items.map(({ id }) => id));
      if (page.nextCursor) expect(page.items).toHaveLength(limit);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return found;
  };

  /** Applies the rule to every post whose text has the hashtag. */
  const expected = async (viewerId: string): Promise<string[]> => {
    const rows = await place.app.get(Database).many<{ id: string }>(sql`
      SELECT p.id FROM posts p
      WHERE p.content LIKE ${`%#${TAG}%`} AND ${canSeeInLists(sql`${viewerId}`, postColumns(sql`p`))}
      ORDER BY p.id DESC`);
    return rows.map(({ id }) => id);
  };

  it('has all posts that pass the rule, in order, after any history', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fact, { minLength: 40, maxLength: 100 }),
        fc.integer({ min: 1, max: 7 }),
        async (history, limit) => {
          await startAnew();
          for (const [at, step] of history.entries()) {
            // Refused steps change nothing.
            await happen(step).catch((error: { getStatus?: () => number }) => {
              if (!error.getStatus || error.getStatus() >= 500) throw error;
            });
            // Until reach is updated a viewer may miss a post; nobody sees more.
            if (at % 6) continue;
            const viewerId = ids[at % PEOPLE]!;
            const early = await pagedThrough(viewerId, 50);
            expect(await expected(viewerId)).toEqual(expect.arrayContaining(early));
          }
          await listsSettled(place.app);
          for (const viewerId of ids) {
            const all = await expected(viewerId);
            shown += all.length;
            expect(await pagedThrough(viewerId, limit)).toEqual(all);
          }
        },
      ),
      { numRuns: 20, endOnFailure: true },
    );
    expect(shown).toBeGreaterThan(50);
  });

  it('reaches what lies under thousands of posts that are hidden, of every kind', async () => {
    await startAnew();
    const [viewerId, ...others] = ids as [string, ...string[]];
    const visible = await tagMasses(place.app, TAG, viewerId, others);
    expect(await expected(viewerId)).toEqual(visible);
    for (const limit of [5, 100]) expect(await pagedThrough(viewerId, limit)).toEqual(visible);
  });
});
