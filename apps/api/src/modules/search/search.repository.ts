import { Injectable } from '@nestjs/common';
import type { Audience } from '@echomate/contracts/posts.dto';
import type { FoundKind } from '@echomate/contracts/search.dto';
import { isMember } from '../../access/group.access.js';
import {
  canSeeInLists,
  commentColumns,
  isCommentOpen,
  postColumns,
} from '../../access/post.access.js';
import { isAccepted, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import {
  anyNamed,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Sql,
} from '../../platform/database/statements.js';
import { TEXT_OF_EVENT } from './search-documents.repository.js';

/** A text that matches and that the viewer may see. */
export interface FoundRow {
  number: number;
  id: string;
  kind: FoundKind;
  postId: string;
  authorId: string;
  audience: Audience;
  groupId: string | null;
  groupTitle: string | null;
  isGroupLed: boolean | number | null;
  title: string | null;
  content: string;
  createdAt: string;
}

const viewer = named('viewer');
const p = postColumns(sql`p`);
const c = commentColumns(sql`c`);

const OF_POST = sql`
  p.id AS "postId", p.audience, p.group_id AS "groupId",
  (SELECT g.title FROM groups g WHERE g.id = p.group_id) AS "groupTitle",
  (SELECT g.creator_id = ${viewer} FROM groups g WHERE g.id = p.group_id) AS "isGroupLed"`;

const numbers = (size: number) => sql`d.number IN (${anyNamed('numbers', size)})`;

const POSTS = shaped(
  (size: number) => sql`
    SELECT d.number, p.id, 'post' AS kind, ${OF_POST}, p.author_id AS "authorId", p.title, p.content,
      p.created_at AS "createdAt"
    FROM search_documents d JOIN posts p ON p.id = d.subject_id
    WHERE ${numbers(size)} AND d.kind = 'post' AND ${canSeeInLists(viewer, p)}`,
);

const COMMENTS = shaped(
  (size: number) => sql`
    SELECT d.number, c.id, 'comment' AS kind, ${OF_POST}, c.author_id AS "authorId", NULL AS title, c.content,
      c.created_at AS "createdAt"
    FROM search_documents d JOIN comments c ON c.id = d.subject_id JOIN posts p ON p.id = c.post_id
    WHERE ${numbers(size)} AND d.kind = 'comment'
      AND ${narrowed(canSeeInLists(viewer, p), isCommentOpen(viewer, c, sql`p.author_id`))}`,
);

const EVENTS = shaped(
  (size: number) => sql`
    SELECT d.number, s.id, s.title, ${TEXT_OF_EVENT} AS content,
      s.created_at AS "createdAt"
    FROM search_documents d JOIN event_series s ON s.id = d.subject_id
    WHERE ${numbers(size)} AND d.kind = 'event' AND ${isMember(viewer, sql`s.group_id`)}`,
);

/** Null if there is none. */
const newestIn = (scope: Sql): Sql =>
  sql`(SELECT max(d.number) FROM search_documents d WHERE d.scope_id = ${scope})`;

const after = named('after');
const limit = named('limit');

const FOLLOWED = sql`
  SELECT f.id, f.followee_id AS "ownerId", ${newestIn(sql`f.followee_id`)} AS newest
  FROM follows f WHERE f.follower_id = ${viewer} AND ${isAccepted(sql`f`)} AND f.id > ${after}
  ORDER BY f.id LIMIT ${limit}`;

const JOINED = sql`
  SELECT m.id, m.group_id AS "ownerId", ${newestIn(sql`m.group_id`)} AS newest
  FROM memberships m WHERE m.user_id = ${viewer} AND m.ended_at IS NULL AND m.id > ${after}
  ORDER BY m.id LIMIT ${limit}`;

const GROUPS = sql`
  SELECT g.id, g.title FROM memberships m JOIN groups g ON g.id = m.group_id
  WHERE m.user_id = ${viewer} AND m.ended_at IS NULL AND ${isMember(viewer, sql`m.group_id`)}`;

const HIDDEN = sql`
  SELECT b.blocked_id AS id FROM blocks b WHERE b.blocker_id = ${viewer}
  UNION SELECT b.blocker_id FROM blocks b WHERE b.blocked_id = ${viewer} LIMIT ${limit}`;

const SCOPES_AT_ONCE = 1000;
const HIDDEN_AT_MOST = 32;

/** A person or group, and the highest number of what is for their followers or members. */
export interface Owner {
  ownerId: string;
  newest: number;
}

type Shape = (size: number) => Sql;

@Injectable()
export class SearchRepository {
  constructor(private readonly database: Database) {}

  /** The posts and comments among these documents that the viewer may see in lists, the newest first. */
  async findTexts(viewerId: string, found: number[]): Promise<FoundRow[]> {
    const [posts, comments] = await Promise.all([
      this.among<FoundRow>(POSTS, viewerId, found),
      this.among<FoundRow>(COMMENTS, viewerId, found),
    ]);
    return [...posts, ...comments].sort((one, other) => other.number - one.number);
  }

  async findEvents(
    viewerId: string,
    found: number[],
  ): Promise<Pick<FoundRow, 'number' | 'id' | 'title' | 'content' | 'createdAt'>[]> {
    const rows = await this.among<FoundRow>(EVENTS, viewerId, found);
    return rows.sort((one, other) => other.number - one.number);
  }

  /** The people whom the viewer follows, and the groups the viewer is in, of whom there is something to be found. */
  async findOwners(viewerId: string): Promise<Owner[]> {
    return [...(await this.owners(FOLLOWED, viewerId)), ...(await this.findJoined(viewerId))];
  }

  findJoined(viewerId: string): Promise<Owner[]> {
    return this.owners(JOINED, viewerId);
  }

  findGroups(viewerId: string): Promise<{ id: string; title: string }[]> {
    return this.database.many(new Statement(GROUPS, { viewer: viewerId }));
  }

  /** Some of the people hidden from the viewer by a block; the rule hides all of them. */
  async findHidden(viewerId: string): Promise<string[]> {
    return this.database.ids(new Statement(HIDDEN, { viewer: viewerId, limit: HIDDEN_AT_MOST }));
  }

  async findNumber(subjectId: string): Promise<number | null> {
    const row = await this.database.one<{ number: number }>(
      sql`SELECT d.number FROM search_documents d WHERE d.subject_id = ${subjectId}`,
    );
    return row?.number ?? null;
  }

  private async owners(list: Sql, viewerId: string): Promise<Owner[]> {
    const owners: Owner[] = [];
    for (let after: string | undefined = FIRST_ID; after !== undefined;) {
      const rows: { id: string; ownerId: string; newest: number | null }[] =
        await this.database.many(
          new Statement(list, { viewer: viewerId, after, limit: SCOPES_AT_ONCE }),
        );
      for (const { ownerId, newest } of rows) if (newest !== null) owners.push({ ownerId, newest });
      after = rows[SCOPES_AT_ONCE - 1]?.id;
    }
    return owners;
  }

  private async among<Row>(shape: Shape, viewerId: string, found: number[]): Promise<Row[]> {
    if (!found.length) return [];
    const values = found.map(String);
    return this.database.many<Row>(
      new Statement(shape(sizeOf(values)), { viewer: viewerId, numbers: values }),
    );
  }
}
