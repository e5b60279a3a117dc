import { v7 as uuid } from 'uuid';
import type { Database } from '../../src/platform/database/database.service.js';
import { sql, type Transaction } from '../../src/platform/database/statements.js';

/** People and things inserted directly, for worlds that the api would take too long to make. */

export async function insertPerson(
  transaction: Transaction,
  { firstName = 'Grace', visibility = 'public' } = {},
): Promise<string> {
  const id = uuid();
  await transaction.run(sql`
    INSERT INTO users (id, email, handle, password_hash, first_name, last_name, date_of_birth, visibility,
      email_visibility, date_of_birth_visibility, role, search_name, created_at)
    VALUES (${id}, ${`${id}@example.org`}, ${`h${id.replaceAll('-', '')}`}, '', ${firstName}, 'Hopper', '1990-12-31', ${visibility},
      'me', 'me', 'member', ${` ${firstName.toLowerCase()} hopper`}, ${new Date().toISOString()})`);
  return id;
}

export const insertPeople = (database: Database, count: number): Promise<string[]> =>
  database.transaction(async (transaction) => {
    const ids: string[] = [];
    for (let person = 0; person < count; person++) ids.push(await insertPerson(transaction));
    return ids;
  });

export async function insertFollow(
  transaction: Transaction,
  followerId: string,
  followeeId: string,
  status: 'accepted' | 'requested' = 'accepted',
): Promise<void> {
  await transaction.run(sql`
    INSERT INTO follows (id, follower_id, followee_id, status, created_at)
    VALUES (${uuid()}, ${followerId}, ${followeeId}, ${status}, ${new Date().toISOString()})`);
}

export async function insertBlock(
  transaction: Transaction,
  blockerId: string,
  blockedId: string,
): Promise<void> {
  await transaction.run(sql`
    INSERT INTO blocks (id, blocker_id, blocked_id, created_at)
    VALUES (${uuid()}, ${blockerId}, ${blockedId}, ${new Date().toISOString()})`);
}

export async function insertPost(
  transaction: Transaction,
  authorId: string,
  audience: string,
): Promise<string> {
  const id = uuid();
  await transaction.run(sql`
    INSERT INTO posts (id, author_id, audience, content, created_at)
    VALUES (${id}, ${authorId}, ${audience}, 'Hello', ${new Date().toISOString()})`);
  return id;
}

export async function insertComment(
  transaction: Transaction,
  comment: { postId: string; authorId: string; parentId: string | null },
): Promise<string> {
  const id = uuid();
  await transaction.run(sql`
    INSERT INTO comments (id, post_id, author_id, parent_id, content, created_at)
    VALUES (${id}, ${comment.postId}, ${comment.authorId}, ${comment.parentId}, 'Nice', ${new Date().toISOString()})`);
  await transaction.run(
    sql`UPDATE posts SET comment_count = comment_count + 1 WHERE id = ${comment.postId}`,
  );
  if (comment.parentId)
    await transaction.run(
      sql`UPDATE comments SET reply_count = reply_count + 1 WHERE id = ${comment.parentId}`,
    );
  return id;
}

export async function insertLike(
  transaction: Transaction,
  kind: 'posts' | 'comments',
  subjectId: string,
  userId: string,
): Promise<void> {
  const [table, likes, reference] =
    kind === 'posts'
      ? [sql`posts`, sql`post_likes`, sql`post_id`]
      : [sql`comments`, sql`comment_likes`, sql`comment_id`];
  await transaction.run(
    sql`INSERT INTO ${likes} (id, ${reference}, user_id) VALUES (${uuid()}, ${subjectId}, ${userId})`,
  );
  await transaction.run(
    sql`UPDATE ${table} SET like_count = like_count + 1 WHERE id = ${subjectId}`,
  );
}
