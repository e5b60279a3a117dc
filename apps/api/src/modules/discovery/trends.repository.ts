import { Injectable } from '@nestjs/common';
import { canSeeInLists, postColumns } from '../../access/post.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyNamed,
  anyOf,
  empty,
  join,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Transaction,
} from '../../platform/database/statements.js';
import { isDismissed } from './dismissals.repository.js';

export interface UseRow {
  tag: string;
  postId: string;
  authorId: string;
  reach: string;
}

const viewer = named('viewer');
const p = postColumns(sql`p`);

const TAGS = sql`
  SELECT DISTINCT t.tag FROM trending_posts t
  WHERE NOT ${isDismissed(viewer, 'hashtag', sql`t.tag`)} ORDER BY t.tag`;

/** Public posts that still have the hashtag, and that the viewer may see in lists. */
const SEEN = shaped(
  (size: number) => sql`
    SELECT t.tag, p.id AS "postId", p.author_id AS "authorId"
    FROM trending_posts t JOIN posts p ON p.id = t.post_id
    WHERE t.tag IN (${anyNamed('tags', size)}) AND p.id > ${named('since')} AND p.audience = 'public'
      AND EXISTS (SELECT 1 FROM post_hashtags tagged
        WHERE tagged.tag = t.tag AND tagged.post_id = p.id AND tagged.reach = 'everyone')
      AND ${canSeeInLists(viewer, p)}`,
);

/** Hints for trends: hashtags, and for each who used it when. */
@Injectable()
export class TrendsRepository {
  constructor(private readonly database: Database) {}

  /** The hashtags of posts from this one on, oldest first, whoever may see them. */
  findUses(from: string, before: string, limit: number): Promise<UseRow[]> {
    return this.database.many(sql`
      SELECT h.tag, h.post_id AS "postId", h.author_id AS "authorId", h.reach
      FROM post_hashtags h WHERE h.post_id >= ${from} AND h.post_id < ${before}
      ORDER BY h.post_id LIMIT ${limit}`);
  }

  /** Replaces where to look for a hashtag. */
  async replace(transaction: Transaction, tag: string, postIds: string[]): Promise<void> {
    await transaction.run(sql`DELETE FROM trending_posts WHERE tag = ${tag}`);
    const rows = postIds.map((id) => sql`(${tag}, ${id})`);
    await transaction.run(
      sql`INSERT INTO trending_posts (tag, post_id) VALUES ${join(rows)} ON CONFLICT DO NOTHING`,
    );
  }

  /** Returns how many it deleted. */
  deleteSomeBut(transaction: Transaction, tags: string[], limit: number): Promise<number> {
    const others = tags.length ? sql`WHERE tag NOT IN (${anyOf(tags)})` : empty;
    return transaction.run(sql`
      DELETE FROM trending_posts WHERE (tag, post_id) IN (
        SELECT tag, post_id FROM trending_posts ${others} LIMIT ${limit})`);
  }

  /** Hashtags that may trend and that the viewer has not dismissed. */
  async findTags(viewerId: string): Promise<string[]> {
    const rows = await this.database.many<{ tag: string }>(
      new Statement(TAGS, { viewer: viewerId }),
    );
    return rows.map(({ tag }) => tag);
  }

  findSeen(
    viewerId: string,
    tags: string[],
    since: string,
  ): Promise<Pick<UseRow, 'tag' | 'postId' | 'authorId'>[]> {
    return this.database.many(new Statement(SEEN(sizeOf(tags)), { viewer: viewerId, tags, since }));
  }
}
