import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import { anyOf, join, sql, type Reader } from '../platform/database/statements.js';
import { canSeeComment, canSeePost, commentColumns, postColumns } from './post.access.js';
import { canSeeCard, canSeeProfile } from './profile.access.js';

const personColumns = { id: sql`u.id`, visibility: sql`u.visibility` };

/** The rule for those who hold ids: ids in, visible ids out. The rest does not exist for the viewer. */
@Injectable()
export class Access {
  constructor(private readonly database: Database) {}

  async canSeeProfile(viewerId: string, personId: string): Promise<boolean> {
    const row = await this.database.one(
      sql`SELECT u.id FROM users u WHERE u.id = ${personId} AND ${canSeeProfile(sql`${viewerId}`, personColumns)}`,
    );
    return row !== null;
  }

  async visibleCards(
    viewerId: string,
    ids: string[],
    reader: Reader = this.database,
  ): Promise<Set<string>> {
    if (!ids.length) return new Set();
    const rows = await reader.many<{ id: string }>(
      sql`SELECT u.id FROM users u WHERE u.id IN (${anyOf(ids)}) AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Of these people, who may see this profile. */
  async audienceOfProfile(personId: string, viewerIds: string[]): Promise<Set<string>> {
    if (!viewerIds.length) return new Set();
    const rows = await this.database.many<{ id: string }>(sql`
      SELECT v.id FROM users v JOIN users u ON u.id = ${personId}
      WHERE v.id IN (${join(viewerIds)}) AND ${canSeeProfile(sql`v.id`, personColumns)}`);
    return new Set(rows.map(({ id }) => id));
  }

  async canSeePost(
    viewerId: string,
    postId: string,
    reader: Reader = this.database,
  ): Promise<boolean> {
    const row = await reader.one(
      sql`SELECT p.id FROM posts p WHERE p.id = ${postId} AND ${canSeePost(sql`${viewerId}`, postColumns(sql`p`))}`,
    );
    return row !== null;
  }

  async canSeeComment(
    viewerId: string,
    commentId: string,
    reader: Reader = this.database,
  ): Promise<boolean> {
    const row = await reader.one(
      sql`SELECT c.id FROM comments c WHERE c.id = ${commentId} AND ${canSeeComment(sql`${viewerId}`, commentColumns(sql`c`))}`,
    );
    return row !== null;
  }
}
