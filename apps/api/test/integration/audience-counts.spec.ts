import type { Audience } from '@echomate/contracts/posts.dto';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { canSeePost, postColumns } from '../../src/access/post.access.js';
import { BlocksService } from '../../src/modules/follows/blocks.service.js';
import { Block } from '../../src/modules/follows/entities/block.entity.js';
import { FollowsService } from '../../src/modules/follows/follows.service.js';
import { PostAudienceService } from '../../src/modules/posts/post-audience.service.js';
import { PostWritingService } from '../../src/modules/posts/post-writing.service.js';
import { UsersService } from '../../src/modules/users/users.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/**
 * "Who can see this?" counts without testing everyone. This test does test everyone: in random worlds the numbers and
 * names must equal the rule's, for every audience, kind of profile and share, with any blocks.
 */
const PEOPLE = 7;
const AUDIENCES = ['public', 'followers', 'chosen', 'unlisted', 'me'] as const;

let app: TestApp;
const ids: string[] = [];
/** For each person: a post per audience, and for each that can be shared a share of one's own and of another's post. */
const posts: { id: string; author: number; shares: number | null }[] = [];

beforeAll(async () => {
  app = await startTestApp();
  const users = app.get(UsersService);
  await app.get(Database).transaction(async (transaction) => {
    for (let at = 0; at < PEOPLE; at++)
      ids.push(
        await users.create(transaction, {
          email: `person${at}@example.org`,
          passwordHash: '',
          firstName: `Person ${at}`,
          lastName: 'Okafor',
          nickname: null,
          dateOfBirth: '1990-12-31',
          about: null,
          visibility: 'public',
          emailVisibility: 'me',
          dateOfBirthVisibility: 'me',
        }),
      );
  });
  const writing = app.get(PostWritingService);
  for (let author = 0; author < 3; author++) {
    const first = posts.length;
    for (const content of AUDIENCES) {
      const { id } = await writing.create(ids[author]!, { audience: 'public', content });
      posts.push({ id, author, shares: null });
    }
    for (const shares of [first, 0]) {
      const { id } = await writing.share(ids[author]!, posts[shares]!.id, { audience: 'public' });
      posts.push({ id, author, shares });
    }
  }
});
afterAll(() => app.close());

const person = fc.nat({ max: PEOPLE - 1 });
const pair = { by: person, of: person };
const fact = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('follow' as const), ...pair }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('accept' as const), ...pair }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unfollow' as const), ...pair }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('block' as const), ...pair }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unblock' as const), ...pair }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('visibility' as const),
      by: person,
      of: fc.nat({ max: 1 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('audience' as const),
      by: fc.nat({ max: 3 * (AUDIENCES.length + 2) - 1 }),
      of: fc.nat({ max: AUDIENCES.length - 1 }),
    }),
  },
);
type Fact = typeof fact extends fc.Arbitrary<infer Value> ? Value : never;

async function happen({ kind, by, of }: Fact): Promise<void> {
  const follows = app.get(FollowsService);
  const blocks = app.get(BlocksService);
  const [me, you] = [ids[by]!, ids[of]!];
  switch (kind) {
    case 'follow':
      await follows.follow(me, you);
      break;
    case 'accept':
      await follows.accept(me, you);
      break;
    case 'unfollow':
      await follows.unfollow(me, you);
      break;
    case 'block':
      await blocks.block(me, you);
      break;
    case 'unblock':
      await blocks.unblock(me, you);
      break;
    case 'visibility':
      await app.get(UsersService).updateVisibility(me, of ? 'private' : 'public');
      break;
    case 'audience': {
      const { id, author } = posts[by]!;
      const audience = AUDIENCES[of]!;
      const chosenUserIds = audience === 'chosen' ? (await followersOf(author)).slice(0, 2) : [];
      await app
        .get(PostWritingService)
        .changeAudience(ids[author]!, id, { audience, chosenUserIds });
    }
  }
}

const followersOf = async (author: number) =>
  (
    await app.get(Database).many<{ id: string }>(sql`
      SELECT follower_id AS id FROM follows WHERE followee_id = ${ids[author]!} AND status = 'accepted' ORDER BY id`)
  ).map(({ id }) => id);

/** Everyone, tested one by one; for a share of another's post, without regard to the original. */
async function whoSees(postId: string, author: string, isShareOfAnother: boolean) {
  const columns = postColumns(sql`p`);
  const rows = await app.get(Database).many<{ id: string }>(sql`
    SELECT v.id FROM users v, posts p
    WHERE p.id = ${postId} AND v.id <> ${author}
      AND ${canSeePost(sql`v.id`, isShareOfAnother ? { ...columns, sharedId: sql`NULL` } : columns)}`);
  return rows.map(({ id }) => id).sort();
}

async function told(author: string, postId: string) {
  const found: string[] = [];
  const counts = new Set<number>();
  for (let cursor: string | undefined; ;) {
    const view = await app
      .get(PostAudienceService)
      .view(author, postId, { limit: 2, ...(cursor ? { cursor } : {}) });
    counts.add(view.count);
    found.push(...view.items.map(({ id }) => id));
    if (!view.nextCursor) return { counts: [...counts], found: found.sort() };
    cursor = view.nextCursor;
  }
}

async function compareAll(): Promise<void> {
  for (const { id, author, shares } of posts) {
    const authorId = ids[author]!;
    const isShareOfAnother = shares !== null && posts[shares]!.author !== author;
    const isThere = await app.get(Database).one(sql`
      SELECT p.id FROM posts p WHERE p.id = ${id} AND ${canSeePost(sql`${authorId}`, postColumns(sql`p`))}`);
    // A share whose author may no longer see the original is visible to nobody.
    if (!isThere) continue;
    const expected = await whoSees(id, authorId, isShareOfAnother);
    expect([id, await told(authorId, id)]).toEqual([
      id,
      { counts: [expected.length], found: expected },
    ]);
  }
  const writing = app.get(PostWritingService);
  for (const author of [0, 1, 2])
    for (const audience of AUDIENCES) {
      const chosenUserIds = audience === 'chosen' ? (await followersOf(author)).slice(0, 2) : [];
      if (audience === 'chosen' && !chosenUserIds.length) continue;
      const { id } = await writing.create(ids[author]!, { audience, content: 'x', chosenUserIds });
      const expected = await whoSees(id, ids[author]!, false);
      const request: { audience: Exclude<Audience, 'group'>; chosenUserIds: string[] } = {
        audience,
        chosenUserIds,
      };
      const preview = await app.get(PostAudienceService).preview(ids[author]!, request);
      expect([audience, preview.count, preview.items.map((card) => card.id).sort()]).toEqual([
        audience,
        expected.length,
        expected,
      ]);
      await app
        .get(Database)
        .transaction((transaction) => transaction.run(sql`DELETE FROM posts WHERE id = ${id}`));
    }
}

describe('the audience of a post', () => {
  it('equals the result of the rule, after any history', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fact, { minLength: 40, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat({ max: 2 }), person), { minLength: 1, maxLength: 3 }),
        async (history, mutual) => {
          await app.get(Database).transaction(async (transaction) => {
            for (const table of [sql`follows`, sql`follow_counts`, sql`blocks`])
              await transaction.run(sql`DELETE FROM ${table}`);
            await transaction.run(sql`UPDATE users SET visibility = 'public'`);
            await transaction.run(sql`UPDATE posts SET audience = 'public'`);
          });
          for (const one of history)
            // Refused steps (following oneself, choosing nobody, …) change nothing.
            await happen(one).catch((error: { status?: number }) => {
              if (!error.status || error.status >= 500) throw error;
            });
          for (const [one, other] of mutual)
            if (one !== other) await blockEachOther(ids[one]!, ids[other]!);
          await compareAll();
        },
      ),
      { numRuns: 6 },
    );
  });
});

/** Mutual blocks hide once, not twice. */
async function blockEachOther(one: string, other: string): Promise<void> {
  await app
    .get(BlocksService)
    .block(one, other)
    .catch(() => undefined);
  await app.get(Database).transaction(async (transaction) => {
    for (const [blockerId, blockedId] of [
      [one, other],
      [other, one],
    ] as const) {
      const is = await transaction.one(
        sql`SELECT id FROM blocks WHERE blocker_id = ${blockerId} AND blocked_id = ${blockedId}`,
      );
      if (!is)
        await transaction.insert(Block, {
          id: uuid(),
          blockerId,
          blockedId,
          createdAt: new Date().toISOString(),
        });
    }
  });
}
