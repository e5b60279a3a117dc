import { Injectable } from '@nestjs/common';
import type { GroupRole } from '@echomate/contracts/groups.dto';
import { canSeeGroup, canSeeInvitation, isMember } from '../../access/group.access.js';
import { ifFewAreHidden, membersHidden } from '../../access/hidden-counts.access.js';
import { narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import { findFewMatching } from '../../platform/database/word-index.js';
import {
  anyNamed,
  anyOf,
  empty,
  join,
  named,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { indexedWords, searchPattern, searchWords } from '../../platform/search-words.js';
import { Group } from './entities/group.entity.js';
import { GroupWord } from './entities/group-word.entity.js';

/** A group, and how the viewer stands to it. `VisibleCounts` subtracts who is hidden from the viewer. */
export interface GroupRow {
  id: string;
  title: string;
  description: string;
  memberCount: number;
  hiddenMembers: number | null;
  role: GroupRole | null;
  isInvited: boolean | number;
  requestStatus: 'waiting' | 'refused' | null;
  refusedAt: string | null;
}

/** Where a page by size begins: behind the group with this number of members and this id. */
export interface SizeCursor {
  memberCount: number;
  id: string;
}

const WORDS = { table: sql`group_words`, id: sql`group_id` };

const viewer = named('viewer');

const SHOWN = {
  title: sql`g.title`,
  description: sql`g.description`,
  memberCount: sql`g.member_count`,
  // By blocking somebody, a viewer outside the group must not learn whether that person is a member.
  hiddenMembers: sql`CASE WHEN ${isMember(viewer, sql`g.id`)}
    THEN ${ifFewAreHidden(viewer, membersHidden(viewer, sql`g.id`))} ELSE 0 END`,
  role: sql`(SELECT m.role FROM memberships m
    WHERE m.group_id = g.id AND m.user_id = ${viewer} AND m.ended_at IS NULL)`,
  isInvited: sql`EXISTS (
    SELECT 1 FROM group_invitations i WHERE i.group_id = g.id AND i.status = 'waiting'
      AND ${canSeeInvitation(viewer, {
        userId: sql`i.user_id`,
        inviterId: sql`i.inviter_id`,
        groupId: sql`i.group_id`,
      })})`,
  requestStatus: sql`(SELECT r.status FROM group_requests r WHERE r.group_id = g.id AND r.user_id = ${viewer})`,
  refusedAt: sql`(SELECT r.decided_at FROM group_requests r
    WHERE r.group_id = g.id AND r.user_id = ${viewer} AND r.status = 'refused')`,
};

const g = sql`g`;

const BY_SIZE = sql`
  SELECT g.id, ${selected(SHOWN)} FROM groups g
  WHERE ${canSeeGroup(g)} AND (g.member_count, g.id) < (${named('memberCount')}, ${named('id')})
  ORDER BY g.member_count DESC, g.id DESC LIMIT ${named('limit')}`;

const OF_IDS = shaped(
  (size: number) => sql`
    SELECT g.id, ${selected(SHOWN)} FROM groups g
    WHERE g.id IN (${anyNamed('ids', size)}) AND ${canSeeGroup(g)}`,
);

@Injectable()
export class GroupsRepository {
  constructor(private readonly database: Database) {}

  async find(viewerId: string, id: string): Promise<GroupRow | null> {
    return (await this.findByIds(viewerId, [id]))[0] ?? null;
  }

  findByIds(viewerId: string, ids: string[]): Promise<GroupRow[]> {
    if (!ids.length) return Promise.resolve([]);
    return this.database.many(new Statement(OF_IDS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  findLargest(viewerId: string, behind: SizeCursor, limit: number): Promise<GroupRow[]> {
    return this.database.many(new Statement(BY_SIZE, { viewer: viewerId, ...behind, limit }));
  }

  /** Newest first. */
  async search(
    viewerId: string,
    question: string,
    before: string | null,
    limit: number,
  ): Promise<GroupRow[]> {
    const words = searchWords(question);
    if (!words.length) return [];
    const few = await findFewMatching(this.database, WORDS, words);
    const ids = few
      ? await this.findAmong(few, words, before, limit)
      : await this.walk(words, before, limit);
    const rows = await this.findByIds(viewerId, ids);
    return rows.sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  private async findAmong(
    ids: string[],
    words: string[],
    before: string | null,
    limit: number,
  ): Promise<string[]> {
    if (!ids.length) return [];
    return this.database.ids(sql`
      SELECT g.id FROM groups g
      WHERE g.id IN (${anyOf(ids)}) AND ${isNamed(words)} AND ${canSeeGroup(g)}
        ${before ? sql`AND g.id < ${before}` : empty}
      ORDER BY g.id DESC LIMIT ${limit}`);
  }

  private async walk(words: string[], before: string | null, limit: number): Promise<string[]> {
    const list = {
      rows: sql`groups g WHERE 1 = 1`,
      id: sql`g.id`,
      columns: {},
      rule: narrowed(canSeeGroup(g), isNamed(words)),
    };
    const rows = await findInPortions<{ id: string }>(this.database, list, before, limit);
    return rows.map(({ id }) => id);
  }

  /** Groups that the viewer is in, those joined last first. */
  findOwn(
    viewerId: string,
    before: string | null,
    limit: number,
  ): Promise<{ id: string; groupId: string }[]> {
    const list = {
      rows: sql`memberships mine JOIN groups g ON g.id = mine.group_id
        WHERE mine.user_id = ${viewerId} AND mine.ended_at IS NULL`,
      id: sql`mine.id`,
      columns: { groupId: sql`mine.group_id` },
      rule: canSeeGroup(g),
    };
    return findInPortions(this.database, list, before, limit);
  }

  // ——— for writers, who hold the group's lock

  /** Includes deleted groups. */
  findRow(transaction: Transaction, id: string): Promise<Group | null> {
    return transaction.one(sql`
      SELECT g.id, g.creator_id AS "creatorId", g.title, g.description, g.search_text AS "searchText",
        g.member_count AS "memberCount", g.created_at AS "createdAt", g.deleted_at AS "deletedAt",
        g.removed_until AS "removedUntil"
      FROM groups g WHERE g.id = ${id}`);
  }

  async findInside(
    viewerId: string,
    id: string,
  ): Promise<{ creatorId: string; createdAt: string } | null> {
    return this.database.one(sql`
      SELECT g.creator_id AS "creatorId", g.created_at AS "createdAt" FROM groups g
      WHERE g.id = ${id} AND ${isMember(sql`${viewerId}`, sql`g.id`)}`);
  }

  async insert(transaction: Transaction, group: Group): Promise<void> {
    await transaction.insert(Group, group);
    await this.index(transaction, group.id, group.searchText);
  }

  async update(transaction: Transaction, id: string, values: Partial<Group>): Promise<void> {
    await transaction.update(Group, { id }, values);
    if (values.searchText === undefined) return;
    await transaction.delete(GroupWord, { groupId: id });
    await this.index(transaction, id, values.searchText);
  }

  private async index(transaction: Transaction, groupId: string, text: string): Promise<void> {
    const words = indexedWords(text);
    if (words.length)
      await transaction.run(
        sql`INSERT INTO group_words (word, group_id) VALUES ${join(words.map((word) => sql`(${word}, ${groupId})`))}`,
      );
  }

  async addMembers(transaction: Transaction, id: string, by: number): Promise<void> {
    await transaction.run(
      sql`UPDATE groups SET member_count = member_count + ${by} WHERE id = ${id}`,
    );
  }

  /** Groups that somebody leads. */
  findRunBy(
    userId: string,
    limit: number,
    reader: Reader,
  ): Promise<Pick<Group, 'id' | 'title' | 'memberCount'>[]> {
    return reader.many(sql`
      SELECT g.id, g.title, g.member_count AS "memberCount" FROM groups g
      WHERE g.creator_id = ${userId} AND g.deleted_at IS NULL ORDER BY g.id LIMIT ${limit}`);
  }

  /** Groups that somebody leads, deleted ones too. */
  async findLedBy(userId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT g.id FROM groups g WHERE g.creator_id = ${userId} AND g.id > ${after} ORDER BY g.id LIMIT ${limit}`);
  }
}

const isNamed = (words: string[]): Sql =>
  join(
    words.map((word) => sql`g.search_text LIKE ${searchPattern(word)} ESCAPE '\\'`),
    ' AND ',
  );
