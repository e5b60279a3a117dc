import { v7 as uuid } from 'uuid';
import { sql, type Transaction } from '../../src/platform/database/statements.js';
import {
  call,
  counted,
  deactivate,
  follows,
  followsAuthor,
  insertGroup,
  insertPostIn,
  leave,
  now,
  onlyPost,
  posts,
  publicPost,
  wipe,
  type Case,
  type Scene,
} from './listener-cases.js';
import type { NodeToKill } from './node-to-kill.js';
import { insertLike, insertPost } from './rows.js';

const acceptInvitation = call('modules/groups/joining.service', 'JoiningService', 'accept');
const turn = call('modules/users/users.service', 'UsersService', 'updateVisibility');

const entriesOf = ({ database, fan, author }: Scene) =>
  counted(
    database,
    sql`
    SELECT count(*) AS count FROM feed_entries e JOIN posts p ON p.id = e.post_id
    WHERE e.owner_id = ${fan} AND p.author_id = ${author}`,
  );
const hasEntry = async (transaction: Transaction, scene: Scene) => {
  const postId = await insertPost(transaction, scene.author, 'public');
  await transaction.run(
    sql`INSERT INTO feed_entries (owner_id, post_id) VALUES (${scene.fan}, ${postId})`,
  );
};

async function wipePost(node: NodeToKill, scene: Scene): Promise<void> {
  const id = await onlyPost(scene);
  await posts('delete')(node, [scene.author, id]);
  await wipe(
    scene,
    'posts.purge',
    (deletedAt) => sql`UPDATE posts SET deleted_at = ${deletedAt} WHERE id = ${id}`,
  );
}

/** Of what listens to posts and follows: feeds, counters and numbers. */
export const CASES_OF_POSTS: Record<string, Case> = {
  'feed.fan-out': {
    given: followsAuthor,
    announce: (node, { author }) =>
      posts('create')(node, [author, { content: 'Hello', audience: 'public' }]),
    found: entriesOf,
    before: 0,
    after: 1,
  },
  'feed.backfill': {
    given: publicPost,
    announce: (node, { author, fan }) => follows('follow')(node, [fan, author]),
    found: entriesOf,
    before: 0,
    after: 1,
  },
  'feed.backfill-from-group': {
    given: async (transaction, scene) => {
      const groupId = await insertGroup(transaction, scene, { isFanIn: false });
      await insertPostIn(transaction, scene.author, groupId);
      await transaction.run(sql`
        INSERT INTO group_invitations (id, group_id, user_id, inviter_id, status, created_at)
        VALUES (${uuid()}, ${groupId}, ${scene.fan}, ${scene.author}, 'waiting', ${now()})`);
      return groupId;
    },
    announce: (node, { fan, group }) => acceptInvitation(node, [fan, group]),
    found: entriesOf,
    before: 0,
    after: 1,
  },
  'feed.remove-author': {
    given: async (transaction, scene) => {
      await followsAuthor(transaction, scene);
      await hasEntry(transaction, scene);
    },
    announce: (node, { author, fan }) => follows('unfollow')(node, [fan, author]),
    found: entriesOf,
    before: 1,
    after: 0,
  },
  'feed.remove-post': {
    given: async (transaction, scene) => {
      await followsAuthor(transaction, scene);
      await hasEntry(transaction, scene);
    },
    announce: wipePost,
    found: entriesOf,
    before: 1,
    after: 0,
  },
  'feed.remove-group': {
    given: async (transaction, scene) => {
      const groupId = await insertGroup(transaction, scene);
      const postId = await insertPostIn(transaction, scene.author, groupId);
      await transaction.run(
        sql`INSERT INTO feed_entries (owner_id, post_id) VALUES (${scene.fan}, ${postId})`,
      );
      return groupId;
    },
    announce: (node, { fan, group }) => leave(node, [fan, group]),
    found: entriesOf,
    before: 1,
    after: 0,
  },
  'insights.remove-post': {
    given: async (transaction, { author, fan }) => {
      const postId = await insertPost(transaction, author, 'public');
      await transaction.run(
        sql`INSERT INTO post_viewers (post_id, viewer_id) VALUES (${postId}, ${fan})`,
      );
      await transaction.run(
        sql`INSERT INTO post_reach (post_id, quarter, people) VALUES (${postId}, 1, 1)`,
      );
      await transaction.run(
        sql`INSERT INTO reached_posts (post_id, author_id, people) VALUES (${postId}, ${author}, 1)`,
      );
    },
    announce: wipePost,
    found: ({ database, author, fan }) =>
      counted(
        database,
        sql`
        SELECT (SELECT count(*) FROM reached_posts WHERE author_id = ${author})
          + (SELECT count(*) FROM post_viewers WHERE viewer_id = ${fan})
          + (SELECT count(*) FROM post_reach r JOIN posts p ON p.id = r.post_id
            WHERE p.author_id = ${author}) AS count`,
      ),
    before: 3,
    after: 0,
  },
  'posts.settle-reach': {
    given: async () => undefined,
    announce: async (node, { author }) => {
      await posts('create')(node, [author, { content: 'Hello #harbour', audience: 'public' }]);
      await turn(node, [author, 'private']);
    },
    found: ({ database, author }) =>
      database.many(sql`
        SELECT h.reach FROM post_hashtags h JOIN posts p ON p.id = h.post_id
        WHERE p.author_id = ${author}`),
    before: [{ reach: 'everyone' }],
    after: [{ reach: 'followers' }],
  },
  'posts.recount': {
    given: async (transaction, { author, fan }) =>
      insertLike(transaction, 'posts', await insertPost(transaction, author, 'public'), fan),
    announce: (node, { fan }) => deactivate(node, [fan]),
    found: ({ database, author }) =>
      counted(database, sql`SELECT like_count AS count FROM posts WHERE author_id = ${author}`),
    before: 1,
    after: 0,
  },
  'follows.recount': {
    given: async (transaction, scene) => {
      await followsAuthor(transaction, scene);
      await transaction.run(sql`
        INSERT INTO follow_counts (user_id, followers, following, requests)
        VALUES (${scene.author}, 1, 0, 0), (${scene.fan}, 0, 1, 0)`);
    },
    announce: (node, { fan }) => deactivate(node, [fan]),
    found: ({ database, author }) =>
      counted(
        database,
        sql`SELECT followers AS count FROM follow_counts WHERE user_id = ${author}`,
      ),
    before: 1,
    after: 0,
  },
};
