import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import {
  anyNamed,
  join,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Sql,
} from '../platform/database/statements.js';
import { canSeeComment, canSeePost, commentColumns, postColumns } from './post.access.js';
import { canSeeCard, canSeeProfile } from './profile.access.js';

const personColumns = { id: sql`u.id`, visibility: sql`u.visibility` };

const viewer = named('viewer');
const id = named('id');

const PROFILE = sql`SELECT u.id FROM users u WHERE u.id = ${id} AND ${canSeeProfile(viewer, personColumns)}`;
const POST = sql`SELECT p.id FROM posts p WHERE p.id = ${id} AND ${canSeePost(viewer, postColumns(sql`p`))}`;
const COMMENT = sql`
  SELECT c.id FROM comments c WHERE c.id = ${id} AND ${canSeeComment(viewer, commentColumns(sql`c`))}`;
const CARDS = shaped(
  (size: number) =>
    sql`SELECT u.id FROM users u WHERE u.id IN (${anyNamed('ids', size)}) AND ${canSeeCard(viewer, sql`u.id`)}`,
);
const isThere = async (reader: Reader, query: Sql, viewerId: string, id: string) =>
  (await reader.one(new Statement(query, { viewer: viewerId, id }))) !== null;

/** The rule for those who hold ids: ids in, visible ids out. The rest does not exist for the viewer. */
@Injectable()
export class Access {
  constructor(private readonly database: Database) {}

  canSeeProfile(viewerId: string, personId: string): Promise<boolean> {
    return isThere(this.database, PROFILE, viewerId, personId);
  }

  async visibleCards(
    viewerId: string,
    ids: string[],
    reader: Reader = this.database,
  ): Promise<Set<string>> {
    if (!ids.length) return new Set();
    const rows = await reader.many<{ id: string }>(
      new Statement(CARDS(sizeOf(ids)), { viewer: viewerId, ids }),
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

  canSeePost(viewerId: string, postId: string, reader: Reader = this.database): Promise<boolean> {
    return isThere(reader, POST, viewerId, postId);
  }

  canSeeComment(
    viewerId: string,
    commentId: string,
    reader: Reader = this.database,
  ): Promise<boolean> {
    return isThere(reader, COMMENT, viewerId, commentId);
  }
}
