import { Injectable } from '@nestjs/common';
import { isAccepted } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyNamed,
  anyOf,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
} from '../../platform/database/statements.js';

/** In whose home feed a post is; who of them may see it is asked of the rule. */
const FED = shaped(
  (size: number) => sql`
    SELECT e.owner_id AS id FROM feed_entries e
    WHERE e.post_id = ${named('post')} AND e.owner_id IN (${anyNamed('ids', size)})
    UNION
    SELECT f.follower_id AS id FROM posts p
    JOIN large_authors a ON a.author_id = p.author_id
    JOIN follows f ON f.followee_id = p.author_id
    WHERE p.id = ${named('post')} AND p.audience IN ('public', 'followers', 'chosen')
      AND f.follower_id IN (${anyNamed('ids', size)}) AND ${isAccepted(sql`f`)}`,
);

/** Which of the things that pages show are concerned by something. It says nothing about who may see them. */
@Injectable()
export class LiveRepository {
  constructor(private readonly database: Database) {}

  /** Posts and shares of posts by somebody, and those that they have commented on. */
  findTouchedBy(userId: string, postIds: string[]): Promise<string[]> {
    return this.database.ids(sql`
      SELECT p.id FROM posts p WHERE p.id IN (${anyOf(postIds)}) AND (p.author_id = ${userId}
        OR EXISTS (SELECT 1 FROM posts o WHERE o.id = p.shared_id AND o.author_id = ${userId})
        OR EXISTS (SELECT 1 FROM comments c WHERE c.post_id = p.id AND c.author_id = ${userId}))`);
  }

  findInGroup(groupId: string, postIds: string[]): Promise<string[]> {
    return this.database.ids(
      sql`SELECT p.id FROM posts p WHERE p.id IN (${anyOf(postIds)}) AND p.group_id = ${groupId}`,
    );
  }

  findOfSeries(seriesId: string, eventIds: string[]): Promise<string[]> {
    return this.database.ids(
      sql`SELECT e.id FROM events e WHERE e.id IN (${anyOf(eventIds)}) AND e.series_id = ${seriesId}`,
    );
  }

  findEventsOfGroup(groupId: string, eventIds: string[]): Promise<string[]> {
    return this.database.ids(
      sql`SELECT e.id FROM events e WHERE e.id IN (${anyOf(eventIds)}) AND e.group_id = ${groupId}`,
    );
  }

  async findPostOf(commentId: string): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(
      sql`SELECT c.post_id AS id FROM comments c WHERE c.id = ${commentId}`,
    );
    return row?.id ?? null;
  }

  /** Where a post is listed for others, if anywhere. */
  findList(postId: string): Promise<{ groupId: string | null; authorId: string | null } | null> {
    return this.database.one(sql`
      SELECT p.group_id AS "groupId", p.author_id AS "authorId" FROM posts p
      WHERE p.id = ${postId} AND p.audience IN ('public', 'followers', 'chosen', 'group')`);
  }

  async findFed(postId: string, userIds: string[]): Promise<string[]> {
    const values = { post: postId, ids: userIds };
    const statement = new Statement(FED(sizeOf(userIds)), values);
    return this.database.ids(statement);
  }
}
