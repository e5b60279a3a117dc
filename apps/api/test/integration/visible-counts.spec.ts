import fc from 'fast-check';
import {
  hiddenComments,
  hiddenLikes,
  hiddenReplies,
} from '../../src/access/hidden-counts.access.js';
import { commentColumns, isCommentOpen, postColumns } from '../../src/access/post.access.js';
import { canSeeCard } from '../../src/access/profile.access.js';
import { VisibleCounts } from '../../src/access/visible-counts.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import {
  insertBlock,
  insertComment,
  insertLike,
  insertPeople,
  insertPost,
} from '../support/rows.js';
import { expectCountsOfPosts, listsSettled } from '../support/posts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PEOPLE = 7;
const person = fc.nat(PEOPLE - 1);
const thread = fc.record({
  by: person,
  replies: fc.array(person, { maxLength: 4 }),
  likes: fc.uniqueArray(person, { maxLength: 5 }),
});
const world = fc.record({
  inactive: fc.uniqueArray(person, { maxLength: 3 }),
  isRecountedTwice: fc.boolean(),
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
  it('count exactly those who pass the rule, with any blocks between people', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ blocks, posts, inactive, isRecountedTwice }) => {
        const people = await insertPeople(database, PEOPLE);
        const { postIds, comments } = await database.transaction(async (transaction) => {
          const made = { postIds: [] as string[], comments: [] as { id: string; by: number }[] };
          for (const { author, likes, threads } of posts) {
            const postId = await insertPost(transaction, people[author]!, 'public');
            made.postIds.push(postId);
            for (const by of likes) await insertLike(transaction, 'posts', postId, people[by]!);
            for (const { by, replies, likes: liked } of threads) {
              const comment = { postId, authorId: people[by]!, parentId: null };
              const parentId = await insertComment(transaction, comment);
              made.comments.push({ id: parentId, by });
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
        const changed = inactive.map((at) => people[at]!);
        await setActive(changed, false);
        if (isRecountedTwice) {
          await setActive(changed.slice(0, 1), true);
          await setActive(changed.slice(0, 1), false);
        }
        await expectCountsOfPosts(app);
        // What answers somebody who is not active is counted nowhere, and their comment is nobody's to see.
        const commentIds = comments.filter(({ by }) => !inactive.includes(by)).map(({ id }) => id);
        for (const viewerId of people.filter((id) => !changed.includes(id))) {
          const ofPosts = await shownOfPosts(viewerId, postIds);
          for (const counted of await countedOfPosts(viewerId, postIds))
            expect(counted).toEqual(ofPosts);
          if (!commentIds.length) continue;
          const ofComments = await shownOfComments(viewerId, commentIds);
          for (const counted of await countedOfComments(viewerId, commentIds))
            expect(counted).toEqual(ofComments);
        }
        await setActive(changed, true);
        await expectCountsOfPosts(app);
        const uncounted = await database.many(sql`
          SELECT id FROM comments WHERE NOT is_counted
          UNION ALL SELECT id FROM post_likes WHERE NOT is_counted
          UNION ALL SELECT id FROM comment_likes WHERE NOT is_counted`);
        expect(uncounted).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('leave out everyone who is hidden, however many portions they make', async () => {
    const [author, viewer, friend, ...crowd] = await insertPeople(database, 2_503);
    const postId = await database.transaction(async (transaction) => {
      const postId = await insertPost(transaction, author!, 'public');
      for (const [at, by] of [friend!, ...crowd].entries()) {
        await insertLike(transaction, 'posts', postId, by);
        await insertComment(transaction, { postId, authorId: by, parentId: null });
        if (by === friend) continue;
        // Some of them have blocked each other: they count once.
        if (at % 3) await insertBlock(transaction, by, viewer!);
        if (at % 3 !== 1) await insertBlock(transaction, viewer!, by);
      }
      return postId;
    });
    for (const counted of await countedOfPosts(viewer!, [postId]))
      expect(counted).toEqual([{ likeCount: 1, commentCount: 1 }]);
  });
});

/** As account states change it, with the jobs that follow done. */
const setActive = async (people: string[], isActive: boolean) => {
  const accounts = app.get(AccountStatesService);
  for (const id of people)
    await database.transaction((transaction) =>
      isActive
        ? accounts.restore(transaction, id, 'deactivated')
        : accounts.hide(transaction, id, 'deactivated'),
    );
  await listsSettled(app);
};

const ids = (values: string[]) =>
  sql`(${values.map((value) => sql`${value}`).reduce((a, b) => sql`${a}, ${b}`)})`;

/** Above this number the hidden people are read instead of the counted rows. */
const MANY = 1_000_000;

/** Counted within the statement, afterwards over the counted rows, and afterwards over the hidden people. */
const threeWays = async <Row>(
  count: (change: (counted: number, hidden: number) => [number, number | null]) => Promise<Row>,
): Promise<Row[]> => [
  await count((counted, hidden) => [counted, hidden]),
  await count((counted) => [counted, null]),
  await count((counted) => [counted + MANY, null]),
];

const countedOfPosts = (viewerId: string, postIds: string[]) =>
  threeWays(async (change) => {
    const rows = await database.many<{
      id: string;
      authorId: string;
      likeCount: number;
      hiddenLikes: number;
      commentCount: number;
      hiddenComments: number;
    }>(sql`
      SELECT p.id, p.author_id AS "authorId", p.like_count AS "likeCount", p.comment_count AS "commentCount",
        ${hiddenLikes('post', sql`${viewerId}`, { id: sql`p.id`, likeCount: sql`p.like_count` })} AS "hiddenLikes",
        ${hiddenComments(sql`${viewerId}`, { ...postColumns(sql`p`), commentCount: sql`p.comment_count` })} AS "hiddenComments"
      FROM posts p WHERE p.id IN ${ids(postIds)} ORDER BY p.id`);
    const counted = await app.get(VisibleCounts).ofPosts(
      viewerId,
      rows.map((row) => {
        const [likeCount, hiddenLikes] = change(row.likeCount, row.hiddenLikes);
        const [commentCount, hiddenComments] = change(row.commentCount, row.hiddenComments);
        return { ...row, likeCount, hiddenLikes, commentCount, hiddenComments };
      }),
    );
    return counted.map(({ likeCount, commentCount }) => ({
      likeCount: likeCount % MANY,
      commentCount: commentCount % MANY,
    }));
  });

/** Row by row, as a list would show them. */
const shownOfPosts = (viewerId: string, postIds: string[]) =>
  database.many(sql`
    SELECT
      (SELECT count(*) FROM post_likes l WHERE l.post_id = p.id
        AND ${canSeeCard(sql`${viewerId}`, sql`l.user_id`)}) AS "likeCount",
      (SELECT count(*) FROM comments c WHERE c.post_id = p.id
        AND ${isCommentOpen(sql`${viewerId}`, commentColumns(sql`c`), sql`p.author_id`)}) AS "commentCount"
    FROM posts p WHERE p.id IN ${ids(postIds)} ORDER BY p.id`);

const countedOfComments = (viewerId: string, commentIds: string[]) =>
  threeWays(async (change) => {
    const comment = { id: sql`c.id`, postId: sql`c.post_id`, postAuthorId: sql`p.author_id` };
    const rows = await database.many<{
      id: string;
      postId: string;
      postAuthorId: string;
      likeCount: number;
      hiddenLikes: number;
      replyCount: number;
      hiddenReplies: number;
    }>(sql`
      SELECT c.id, c.post_id AS "postId", p.author_id AS "postAuthorId",
        c.like_count AS "likeCount", c.reply_count AS "replyCount",
        ${hiddenLikes('comment', sql`${viewerId}`, { id: sql`c.id`, likeCount: sql`c.like_count` })} AS "hiddenLikes",
        ${hiddenReplies(sql`${viewerId}`, { ...comment, replyCount: sql`c.reply_count` })} AS "hiddenReplies"
      FROM comments c JOIN posts p ON p.id = c.post_id WHERE c.id IN ${ids(commentIds)} ORDER BY c.id`);
    const counted = await app.get(VisibleCounts).ofComments(
      viewerId,
      rows.map((row) => {
        const [likeCount, hiddenLikes] = change(row.likeCount, row.hiddenLikes);
        const [replyCount, hiddenReplies] = change(row.replyCount, row.hiddenReplies);
        return { ...row, likeCount, hiddenLikes, replyCount, hiddenReplies };
      }),
    );
    return counted.map(({ likeCount, replyCount }) => ({
      likeCount: likeCount % MANY,
      replyCount: replyCount % MANY,
    }));
  });

/** The replies are counted as if the viewer saw the comment, since the counts of hidden comments are not shown. */
const shownOfComments = (viewerId: string, commentIds: string[]) =>
  database.many(sql`
    SELECT
      (SELECT count(*) FROM comment_likes l WHERE l.comment_id = c.id
        AND ${canSeeCard(sql`${viewerId}`, sql`l.user_id`)}) AS "likeCount",
      (SELECT count(*) FROM comments r WHERE r.parent_id = c.id
        AND ${isCommentOpen(sql`${viewerId}`, { ...commentColumns(sql`r`), parentId: sql`NULL` }, sql`p.author_id`)}) AS "replyCount"
    FROM comments c JOIN posts p ON p.id = c.post_id WHERE c.id IN ${ids(commentIds)} ORDER BY c.id`);
