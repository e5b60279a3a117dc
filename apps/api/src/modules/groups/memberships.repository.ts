import { Injectable } from '@nestjs/common';
import type { GroupRole } from '@echomate/contracts/groups.dto';
import { canSeeGroup, canSeeMember, membershipColumns } from '../../access/group.access.js';
import { isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { Membership } from './entities/membership.entity.js';

export interface MemberRow {
  id: string;
  userId: string;
  role: GroupRole;
  joinedAt: string;
}

export interface PastRow extends Pick<
  Membership,
  'id' | 'role' | 'joinedAt' | 'endedAt' | 'endedBy'
> {
  groupId: string;
  title: string | null;
}

const columns = { userId: sql`m.user_id`, role: sql`m.role`, joinedAt: sql`m.joined_at` };

const ROW = sql`
  SELECT m.id, m.group_id AS "groupId", m.user_id AS "userId", m.role, m.is_counted AS "isCounted",
    m.joined_at AS "joinedAt", m.ended_at AS "endedAt", m.ended_by AS "endedBy"
  FROM memberships m`;

@Injectable()
export class MembershipsRepository {
  constructor(private readonly database: Database) {}

  /** The newest members first, whom the viewer may see. */
  findMembers(
    viewerId: string,
    groupId: string,
    before: string | null,
    limit: number,
  ): Promise<MemberRow[]> {
    return findInPortions(
      this.database,
      { rows: membersOf(groupId), id: sql`m.id`, columns, rule: this.rule(viewerId) },
      before,
      limit,
    );
  }

  /** For a search by name: a list of people, as `UsersService.findPeople` takes it. */
  listOf(viewerId: string, groupId: string) {
    return {
      rows: membersOf(groupId),
      id: sql`m.id`,
      person: sql`m.user_id`,
      condition: this.rule(viewerId),
      rowOf: sql`(SELECT m.id FROM ${membersOf(groupId)} AND m.user_id = u.id AND ${this.rule(viewerId)})`,
    };
  }

  private rule(viewerId: string) {
    return canSeeMember(sql`${viewerId}`, membershipColumns(sql`m`));
  }

  async findByIds(ids: string[]): Promise<MemberRow[]> {
    if (!ids.length) return [];
    return this.database.many(sql`
      SELECT m.id, m.user_id AS "userId", m.role, m.joined_at AS "joinedAt"
      FROM memberships m WHERE m.id IN (${anyOf(ids)})`);
  }

  find(reader: Reader, groupId: string, userId: string): Promise<Membership | null> {
    return reader.one(sql`
      ${ROW} WHERE m.group_id = ${groupId} AND m.user_id = ${userId} AND m.ended_at IS NULL`);
  }

  /** Those of these people who are in the group. */
  async findAmong(reader: Reader, groupId: string, userIds: string[]): Promise<Set<string>> {
    if (!userIds.length) return new Set();
    const rows = await reader.many<{ userId: string }>(sql`
      SELECT m.user_id AS "userId" FROM memberships m
      WHERE m.group_id = ${groupId} AND m.user_id IN (${anyOf(userIds)}) AND m.ended_at IS NULL`);
    return new Set(rows.map(({ userId }) => userId));
  }

  findSome(
    groupId: string,
    after: string | null,
    limit: number,
  ): Promise<{ id: string; userId: string }[]> {
    return this.database.many(sql`
      SELECT m.id, m.user_id AS "userId" FROM ${membersOf(groupId)} ${after ? sql`AND m.id > ${after}` : sql``}
      ORDER BY m.id LIMIT ${limit}`);
  }

  /** Whoever has been in longest and is active, but not this person. */
  async findSuccessor(
    transaction: Transaction,
    groupId: string,
    userId: string,
  ): Promise<string | null> {
    const row = await transaction.one<{ userId: string }>(sql`
      SELECT m.user_id AS "userId" FROM memberships m
      WHERE m.group_id = ${groupId} AND m.ended_at IS NULL AND m.user_id <> ${userId}
        AND ${isActive(sql`m.user_id`)}
      ORDER BY m.id LIMIT 1`);
    return row?.userId ?? null;
  }

  /** A person's times in groups, newest first; of groups that they may not see without their title. */
  findHistory(
    userId: string,
    { past, before, limit }: { past: boolean; before: string | null; limit: number },
  ): Promise<PastRow[]> {
    return this.database.many(sql`
      SELECT m.id, m.group_id AS "groupId", m.role, m.joined_at AS "joinedAt", m.ended_at AS "endedAt",
        m.ended_by AS "endedBy",
        (SELECT g.title FROM groups g WHERE g.id = m.group_id AND ${canSeeGroup(sql`g`)}) AS title
      FROM memberships m WHERE m.user_id = ${userId} ${past ? sql`AND m.ended_at IS NOT NULL` : sql``}
        ${before ? sql`AND m.id < ${before}` : sql``}
      ORDER BY m.id DESC LIMIT ${limit}`);
  }

  // ——— for writers, who hold the group's lock

  async insert(transaction: Transaction, membership: Membership): Promise<void> {
    await transaction.insert(Membership, membership);
  }

  async update(transaction: Transaction, id: string, values: Partial<Membership>): Promise<void> {
    await transaction.update(Membership, { id }, values);
  }

  /** A person's memberships, ended or not. */
  async findIdsOf(userId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT m.id FROM memberships m WHERE m.user_id = ${userId} AND m.id > ${after} ORDER BY m.id LIMIT ${limit}`);
  }

  findRow(transaction: Transaction, id: string): Promise<Membership | null> {
    return transaction.one(sql`
      ${ROW} WHERE m.id = ${id}`);
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Membership, { id });
  }

  /** Deletes memberships of a wiped group, at most `limit`; returns how many. */
  endSome(transaction: Transaction, groupId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      UPDATE memberships SET ended_at = ${new Date().toISOString()}, ended_by = 'group'
      WHERE id IN (SELECT m.id FROM memberships m WHERE m.group_id = ${groupId} AND m.ended_at IS NULL LIMIT ${limit})`);
  }
}

const membersOf = (groupId: string): Sql =>
  sql`memberships m WHERE m.group_id = ${groupId} AND m.ended_at IS NULL`;
