import fc from 'fast-check';
import { hiddenSizes } from '../../src/access/post-counts.access.js';
import { commentColumns, isCommentOpen } from '../../src/access/post.access.js';
import { canSeeCard } from '../../src/access/profile.access.js';
import { VisibleCounts } from '../../src/access/visible-counts.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { selected, sql } from '../../src/platform/database/statements.js';
import {
  insertBlock,
  insertComment,
  insertLike,
  insertPeople,
  insertPost,
} from '../support/rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PEOPLE = 7;
const person = fc.nat(PEOPLE - 1);
const thread = fc.record({
  by: person,
  replies: fc.array(person, { maxLength: 4 }),
  likes: fc.uniqueArray(person, { maxLength: 5 }),
});
const world = fc.record({
  blocks: fc.uniqueArray(fc.tuple(person, person), {
    maxLength: 10,
    selector: ([a, b]) => `${a}>${b}`,
  }),
  posts: fc.array(
    fc.record({
      author: person,
      likes: fc.uniqueArray(person, { maxLength: PEOPLE }),
      threads: fc.array(thread, { maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

let app: TestApp;
let database: Database;
beforeAll(async () => {
  app = await startTestApp();
  database = app.get(Database);
});
afterAll(() => app.close());

describe('numbers beside posts and comments', () => {
  it('count exactly those whom the rule lets through, whoever is hidden from whom', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ blocks, posts }) => {
        const people = await insertPeople(database, PEOPLE);
        const { postIds, commentIds } = await database.transaction(async (transaction) => {
          const made = { postIds: [] as string[], commentIds: [] as string[] };
          for (const { author, likes, threads } of posts) {
            const postId = await insertPost(transaction, people[author]!, 'public');
            made.postIds.push(postId);
            for (const by of likes) await insertLike(transaction, 'posts', postId, people[by]!);
            for (const { by, replies, likes: liked } of threads) {
              const comment = { postId, authorId: people[by]!, parentId: null };
              const parentId = await insertComment(transaction, comment);
              made.commentIds.push(parentId);
              for (const replier of replies)
                await insertComment(transaction, { postId, authorId: people[replier]!, parentId });
              for (const liker of liked)
                await insertLike(transaction, 'comments', parentId, people[liker]!);
            }
          }
          for (const [one, other] of blocks)
            if (one !== other) await insertBlock(transaction, people[one]!, people[other]!);
          return made;
        });
        for (const viewerId of people) {
          expect(await countedOfPosts(viewerId, postIds)).toEqual(
            await shownOfPosts(viewerId, postIds),
          );
          if (commentIds.length)
            expect(await countedOfComments(viewerId, commentIds)).toEqual(
              await shownOfComments(viewerId, commentIds),
            );
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

const ids = (values: string[]) =>
  sql`(${values.map((value) => sql`${value}`).reduce((a, b) => sql`${a}, ${b}`)})`;

async function countedOfPosts(viewerId: string, postIds: string[]) {
  const rows = await database.many<{
    id: string;
    likeCount: number;
    commentCount: number;
    hiddenFromViewer: number;
    hiddenFromAuthor: number;
  }>(sql`
    SELECT p.id, p.like_count AS "likeCount", p.comment_count AS "commentCount",
      ${selected(hiddenSizes(sql`${viewerId}`, sql`p.author_id`))}
    FROM posts p WHERE p.id IN ${ids(postIds)} ORDER BY p.id`);
  const counted = await app.get(VisibleCounts).ofPosts(viewerId, rows);
  return counted.map(({ likeCount, commentCount }) => ({ likeCount, commentCount }));
}

/** Row by row, as a list would show them. */
const shownOfPosts = (viewerId: string, postIds: string[]) =>
  database.many(sql`
    SELECT
      (SELECT count(*) FROM likes l WHERE l.subject_id = p.id
        AND ${canSeeCard(sql`${viewerId}`, sql`l.user_id`)}) AS "likeCount",
      (SELECT count(*) FROM comments c WHERE c.post_id = p.id
        AND ${isCommentOpen(sql`${viewerId}`, commentColumns(sql`c`), sql`p.author_id`)}) AS "commentCount"
    FROM posts p WHERE p.id IN ${ids(postIds)} ORDER BY p.id`);

async function countedOfComments(viewerId: string, commentIds: string[]) {
  const rows = await database.many<{
    id: string;
    likeCount: number;
    replyCount: number;
    hiddenFromViewer: number;
    hiddenFromAuthor: number;
  }>(sql`
    SELECT c.id, c.like_count AS "likeCount", c.reply_count AS "replyCount",
      ${selected(hiddenSizes(sql`${viewerId}`, sql`p.author_id`))}
    FROM comments c JOIN posts p ON p.id = c.post_id WHERE c.id IN ${ids(commentIds)} ORDER BY c.id`);
  const counted = await app.get(VisibleCounts).ofComments(viewerId, rows);
  return counted.map(({ likeCount, replyCount }) => ({ likeCount, replyCount }));
}

/** Of a comment that the viewer does not see nobody asks how many replies it has: those heard are counted. */
const shownOfComments = (viewerId: string, commentIds: string[]) =>
  database.many(sql`
    SELECT
      (SELECT count(*) FROM likes l WHERE l.subject_id = c.id
        AND ${canSeeCard(sql`${viewerId}`, sql`l.user_id`)}) AS "likeCount",
      (SELECT count(*) FROM comments r WHERE r.parent_id = c.id
        AND ${isCommentOpen(sql`${viewerId}`, { ...commentColumns(sql`r`), parentId: sql`NULL` }, sql`p.author_id`)}) AS "replyCount"
    FROM comments c JOIN posts p ON p.id = c.post_id WHERE c.id IN ${ids(commentIds)} ORDER BY c.id`);
