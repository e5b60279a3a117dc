import { Injectable } from '@nestjs/common';
import { isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { anyOf, empty, join, sql, type Transaction } from '../../platform/database/statements.js';

const SHARES_LOOKED_AT = 20;

export interface RecentPostRow {
  id: string;
  authorId: string;
  createdAt: string;
  likeCount: number;
  commentCount: number;
  shareCount: number;
  /** Public, by somebody whose profile is */
  isOpen: boolean | number;
}

/** Hints for Discover: which posts of the last week stirred people most. */
@Injectable()
export class StirringPostsRepository {
  constructor(private readonly database: Database) {}

  /** The posts after this one, oldest first, whoever may see them. */
  findRecent(after: string, limit: number): Promise<RecentPostRow[]> {
    return this.database.many(sql`
      SELECT p.id, p.author_id AS "authorId", p.created_at AS "createdAt",
        p.like_count AS "likeCount", p.comment_count AS "commentCount",
        CASE WHEN p.audience = 'public' THEN (SELECT count(*) FROM (
          SELECT s.id FROM posts s WHERE s.shared_id = p.id LIMIT ${SHARES_LOOKED_AT}) AS shares)
          ELSE 0 END AS "shareCount",
        (p.audience = 'public' AND p.shared_id IS NULL AND p.deleted_at IS NULL AND ${isActive(sql`p.author_id`)}
          AND EXISTS (SELECT 1 FROM users author WHERE author.id = p.author_id AND author.visibility = 'public')) AS "isOpen"
      FROM (SELECT recent.* FROM posts recent WHERE recent.id > ${after} ORDER BY recent.id LIMIT ${limit}) AS p
      ORDER BY p.id`);
  }

  async save(transaction: Transaction, postIds: string[]): Promise<void> {
    const rows = postIds.map((id) => sql`(${id})`);
    await transaction.run(
      sql`INSERT INTO stirring_posts (post_id) VALUES ${join(rows)} ON CONFLICT DO NOTHING`,
    );
  }

  /** Returns how many it deleted. */
  deleteSomeBut(transaction: Transaction, postIds: string[], limit: number): Promise<number> {
    const others = postIds.length ? sql`WHERE post_id NOT IN (${anyOf(postIds)})` : empty;
    return transaction.run(sql`
      DELETE FROM stirring_posts WHERE post_id IN (
        SELECT post_id FROM stirring_posts ${others} LIMIT ${limit})`);
  }
}
