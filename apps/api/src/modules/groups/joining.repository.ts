import { Injectable } from '@nestjs/common';
import { canSeeGroup, canSeeInvitation, canSeeRequest } from '../../access/group.access.js';
import { canSeeCard } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { countInPortions, findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  named,
  sql,
  Statement,
  type Reader,
  type Transaction,
} from '../../platform/database/statements.js';
import { GroupInvitation } from './entities/group-invitation.entity.js';
import { GroupRequest } from './entities/group-request.entity.js';

export interface InvitationRow {
  id: string;
  groupId: string;
  userId: string;
  inviterId: string;
  words: string | null;
  createdAt: string;
}

export interface RequestRow {
  id: string;
  userId: string;
  words: string | null;
  createdAt: string;
}

const i = { userId: sql`i.user_id`, inviterId: sql`i.inviter_id`, groupId: sql`i.group_id` };

const INVITATION = { ...i, words: sql`i.words`, createdAt: sql`i.created_at` };

const viewer = named('viewer');

const REQUESTS = {
  rows: sql`group_requests r WHERE r.group_id = ${named('group')} AND r.status = 'waiting'`,
  id: sql`r.id`,
  columns: { userId: sql`r.user_id`, words: sql`r.words`, createdAt: sql`r.created_at` },
  rule: canSeeRequest(viewer, { userId: sql`r.user_id`, groupId: sql`r.group_id` }),
};

/** Of invitations, and of the requests in each group: others may hide any number, and the badge is on every page. */
const LOOKED_AT = 500;

const UNSEEN = sql`
  SELECT
    (SELECT count(*) FROM (
      SELECT 1 FROM (
        SELECT i.* FROM group_invitations i WHERE i.user_id = ${viewer} AND i.status = 'waiting'
        ORDER BY i.id DESC LIMIT ${LOOKED_AT}) AS i
      WHERE ${canSeeInvitation(viewer, i)} LIMIT ${named('limit')}) AS received) AS invitations,
    (SELECT COALESCE(sum((SELECT count(*) FROM (
      SELECT 1 FROM (
        SELECT r.user_id FROM group_requests r WHERE r.group_id = g.id AND r.status = 'waiting'
        ORDER BY r.id DESC LIMIT ${LOOKED_AT}) AS r
      WHERE ${canSeeCard(viewer, sql`r.user_id`)} LIMIT ${named('limit')}) AS waiting)), 0)
      FROM groups g WHERE g.creator_id = ${viewer} AND ${canSeeGroup(sql`g`)}) AS requests`;

/** The two ways into a group: invitations and requests. */
@Injectable()
export class JoiningRepository {
  constructor(private readonly database: Database) {}

  /** Invitations that wait for the viewer's answer. */
  findReceived(viewerId: string, before: string | null, limit: number): Promise<InvitationRow[]> {
    return findInPortions(
      this.database,
      {
        rows: sql`group_invitations i WHERE i.user_id = ${viewerId} AND i.status = 'waiting'`,
        id: sql`i.id`,
        columns: INVITATION,
        rule: canSeeInvitation(sql`${viewerId}`, i),
      },
      before,
      limit,
    );
  }

  /** Invitations that wait in a group: all of them for whoever leads it, for other members their own. */
  findSent(
    viewerId: string,
    groupId: string,
    isLeading: boolean,
    before: string | null,
    limit: number,
  ): Promise<InvitationRow[]> {
    const own = isLeading ? sql`1 = 1` : sql`i.inviter_id = ${viewerId}`;
    return findInPortions(
      this.database,
      {
        rows: sql`group_invitations i WHERE i.group_id = ${groupId} AND i.status = 'waiting' AND ${own}`,
        id: sql`i.id`,
        columns: INVITATION,
        rule: canSeeCard(sql`${viewerId}`, i.userId),
      },
      before,
      limit,
    );
  }

  /** Requests that the viewer has to answer. */
  findRequests(
    viewerId: string,
    groupId: string,
    before: string | null,
    limit: number,
  ): Promise<RequestRow[]> {
    const values = { viewer: viewerId, group: groupId };
    return findInPortions(this.database, REQUESTS, before, limit, { values });
  }

  /** Up to `limit` of each, among the newest. */
  async countUnseen(
    viewerId: string,
    limit: number,
  ): Promise<{ invitations: number; requests: number }> {
    const row = await this.database.one<{ invitations: number; requests: number | string }>(
      new Statement(UNSEEN, { viewer: viewerId, limit }),
    );
    return {
      invitations: row!.invitations,
      requests: Math.min(Number(row!.requests), limit),
    };
  }

  countRequests(viewerId: string, groupId: string, limit: number): Promise<number> {
    const values = { viewer: viewerId, group: groupId };
    return countInPortions(this.database, REQUESTS, limit, values);
  }

  /** The invitation that waits for this viewer. */
  findInvitation(
    viewerId: string,
    groupId: string,
    reader: Reader = this.database,
  ): Promise<InvitationRow | null> {
    return reader.one(sql`
      SELECT i.id, i.group_id AS "groupId", i.user_id AS "userId", i.inviter_id AS "inviterId", i.words,
        i.created_at AS "createdAt"
      FROM group_invitations i
      WHERE i.group_id = ${groupId} AND i.status = 'waiting' AND ${canSeeInvitation(sql`${viewerId}`, i)}`);
  }

  /** Those of these people who are invited already. */
  async findInvitedAmong(groupId: string, userIds: string[]): Promise<Set<string>> {
    if (!userIds.length) return new Set();
    const rows = await this.database.many<{ userId: string }>(sql`
      SELECT i.user_id AS "userId" FROM group_invitations i
      WHERE i.group_id = ${groupId} AND i.user_id IN (${anyOf(userIds)}) AND i.status = 'waiting'`);
    return new Set(rows.map(({ userId }) => userId));
  }

  // ——— for writers, who hold the group's lock

  /** Whatever its state, and whoever may see it. */
  findInvitationRow(
    transaction: Transaction,
    groupId: string,
    userId: string,
  ): Promise<GroupInvitation | null> {
    return transaction.one(sql`
      SELECT i.id, i.group_id AS "groupId", i.user_id AS "userId", i.inviter_id AS "inviterId", i.words, i.status,
        i.created_at AS "createdAt", i.decided_at AS "decidedAt"
      FROM group_invitations i WHERE i.group_id = ${groupId} AND i.user_id = ${userId}`);
  }

  findRequestRow(
    transaction: Transaction,
    groupId: string,
    userId: string,
  ): Promise<GroupRequest | null> {
    return transaction.one(sql`
      SELECT r.id, r.group_id AS "groupId", r.user_id AS "userId", r.words, r.status,
        r.created_at AS "createdAt", r.decided_at AS "decidedAt"
      FROM group_requests r WHERE r.group_id = ${groupId} AND r.user_id = ${userId}`);
  }

  async insertInvitation(transaction: Transaction, invitation: GroupInvitation): Promise<void> {
    await transaction.insert(GroupInvitation, invitation);
  }

  async insertRequest(transaction: Transaction, request: GroupRequest): Promise<void> {
    await transaction.insert(GroupRequest, request);
  }

  async decideInvitation(transaction: Transaction, id: string, at: string | null): Promise<void> {
    const status = at === null ? 'waiting' : 'declined';
    await transaction.update(GroupInvitation, { id }, { status, decidedAt: at });
  }

  async decideRequest(transaction: Transaction, id: string, at: string | null): Promise<void> {
    const status = at === null ? 'waiting' : 'refused';
    await transaction.update(GroupRequest, { id }, { status, decidedAt: at });
  }

  async deleteInvitation(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(GroupInvitation, { id });
  }

  async deleteRequest(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(GroupRequest, { id });
  }

  /** Whoever is in needs neither. */
  async deleteBoth(transaction: Transaction, groupId: string, userId: string): Promise<void> {
    await transaction.delete(GroupInvitation, { groupId, userId });
    await transaction.delete(GroupRequest, { groupId, userId });
  }

  /** Invitations that somebody sent wait no longer than they are in the group. */
  async deleteSentBy(transaction: Transaction, groupId: string, inviterId: string): Promise<void> {
    await transaction.run(sql`
      DELETE FROM group_invitations
      WHERE group_id = ${groupId} AND inviter_id = ${inviterId} AND status = 'waiting'`);
  }

  /** Deletes those of a wiped group or a removed account, at most `limit` of each; returns the larger number. */
  async deleteSome(
    transaction: Transaction,
    of: { groupId: string } | { userId: string },
    limit: number,
  ): Promise<number> {
    const [invitations, requests] =
      'groupId' in of
        ? [sql`i.group_id = ${of.groupId}`, sql`r.group_id = ${of.groupId}`]
        : [
            sql`i.id IN (
              SELECT id FROM group_invitations WHERE user_id = ${of.userId}
              UNION SELECT id FROM group_invitations WHERE inviter_id = ${of.userId})`,
            sql`r.user_id = ${of.userId}`,
          ];
    return Math.max(
      await transaction.run(sql`DELETE FROM group_invitations WHERE id IN (
        SELECT i.id FROM group_invitations i WHERE ${invitations} LIMIT ${limit})`),
      await transaction.run(sql`DELETE FROM group_requests WHERE id IN (
        SELECT r.id FROM group_requests r WHERE ${requests} LIMIT ${limit})`),
    );
  }

  /** For an export. */
  findOf(
    userId: string,
    after: string,
    limit: number,
  ): Promise<(RequestRow & { groupId: string })[]> {
    return this.database.many(sql`
      SELECT r.id, r.group_id AS "groupId", r.user_id AS "userId", r.words, r.created_at AS "createdAt"
      FROM group_requests r WHERE r.user_id = ${userId} AND r.id > ${after} ORDER BY r.id LIMIT ${limit}`);
  }

  findSentBy(userId: string, after: string, limit: number): Promise<InvitationRow[]> {
    return this.database.many(sql`
      SELECT i.id, i.group_id AS "groupId", i.user_id AS "userId", i.inviter_id AS "inviterId", i.words,
        i.created_at AS "createdAt"
      FROM group_invitations i
      WHERE i.inviter_id = ${userId} AND i.id > ${after} AND ${canSeeCard(sql`${userId}`, sql`i.user_id`)}
      ORDER BY i.id LIMIT ${limit}`);
  }
}
