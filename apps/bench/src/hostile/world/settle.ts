import type { Installation } from '../../installation.ts';
import { withDatabase } from '../../database.ts';

/**
 * The data that the product keeps beside the rows, computed from them: what a transaction would have counted or a job
 * fanned out. Works on both databases.
 */
const STATEMENTS = [
  `DELETE FROM follow_counts`,
  `INSERT INTO follow_counts (user_id, followers, following, requests)
    SELECT u.id,
      (SELECT count(*) FROM follows f WHERE f.followee_id = u.id AND f.status = 'accepted'),
      (SELECT count(*) FROM follows f WHERE f.follower_id = u.id AND f.status = 'accepted'),
      (SELECT count(*) FROM follows f WHERE f.followee_id = u.id AND f.status = 'requested')
    FROM users u`,
  `UPDATE posts SET like_count = found.likes
    FROM (SELECT post_id, count(*) AS likes FROM post_likes GROUP BY post_id) AS found
    WHERE posts.id = found.post_id`,
  `UPDATE posts SET comment_count = found.comments
    FROM (SELECT post_id, count(*) AS comments FROM comments GROUP BY post_id) AS found
    WHERE posts.id = found.post_id`,
  `UPDATE comments SET reply_count = found.replies
    FROM (SELECT parent_id, count(*) AS replies FROM comments WHERE parent_id IS NOT NULL GROUP BY parent_id) AS found
    WHERE comments.id = found.parent_id`,
  `UPDATE post_hashtags SET reach = CASE
      WHEN p.audience = 'public' AND author.visibility = 'public' THEN 'everyone'
      WHEN p.audience = 'public' THEN 'followers'
      ELSE p.audience END
    FROM posts p JOIN users author ON author.id = p.author_id
    WHERE p.id = post_hashtags.post_id AND p.deleted_at IS NULL AND p.audience <> 'unlisted'`,
  `INSERT INTO large_authors (author_id) SELECT user_id FROM follow_counts WHERE followers >= 5000`,
];

/** Feeds only of those who send requests: for everyone they would be a hundred million rows. */
const fanOut = (readerIds: string[]) => `
  INSERT INTO feed_entries (owner_id, post_id)
  SELECT f.follower_id, p.id FROM follows f JOIN posts p ON p.author_id = f.followee_id
  WHERE f.follower_id IN (${readerIds.map((id) => `'${id}'`).join()}) AND f.status = 'accepted'
    AND p.audience IN ('public', 'followers')
    AND NOT EXISTS (SELECT 1 FROM large_authors a WHERE a.author_id = p.author_id)
  ORDER BY f.follower_id, p.id`;

export const settle = (installation: Installation, readerIds: string[]): Promise<void> =>
  withDatabase(installation, async (database) => {
    for (const statement of [...STATEMENTS, fanOut(readerIds)]) await database.run(statement);
    if (installation.databaseUrl) await database.run('VACUUM');
  });
