import { Injectable } from '@nestjs/common';
import type { DismissalKind } from '@echomate/contracts/discovery.dto';
import { v7 as uuid } from 'uuid';
import { canSeeDismissal } from '../../access/dismissal.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import { raw, sql, type Sql, type Transaction } from '../../platform/database/statements.js';
import { Dismissal } from './entities/dismissal.entity.js';

export interface DismissalRow {
  id: string;
  personId: string | null;
  groupId: string | null;
  title: string | null;
  postId: string | null;
  tag: string | null;
  createdAt: string;
}

const COLUMNS = { person: 'person_id', group: 'group_id', post: 'post_id', hashtag: 'tag' };
const PROPERTIES = {
  person: 'personId',
  group: 'groupId',
  post: 'postId',
  hashtag: 'tag',
} as const;

/** Whether the viewer does not want to have this suggested. */
export const isDismissed = (viewer: Sql, kind: DismissalKind, subject: Sql): Sql =>
  sql`EXISTS (
    SELECT 1 FROM dismissals AS unwanted
    WHERE unwanted.user_id = ${viewer} AND unwanted.${raw(COLUMNS[kind])} = ${subject})`;

@Injectable()
export class DismissalsRepository {
  constructor(private readonly database: Database) {}

  /** A second time changes nothing. */
  async add(
    transaction: Transaction,
    userId: string,
    kind: DismissalKind,
    subject: string,
  ): Promise<void> {
    const column = raw(COLUMNS[kind]);
    await transaction.run(sql`
      INSERT INTO dismissals (id, user_id, ${column}, created_at)
      VALUES (${uuid()}, ${userId}, ${subject}, ${new Date().toISOString()}) ON CONFLICT DO NOTHING`);
  }

  async remove(
    transaction: Transaction,
    userId: string,
    kind: DismissalKind,
    subject: string,
  ): Promise<void> {
    await transaction.delete(Dismissal, { userId, [PROPERTIES[kind]]: subject });
  }

  /** Newest first. */
  find(viewerId: string, before: string | null, limit: number): Promise<DismissalRow[]> {
    const list = {
      rows: sql`dismissals d WHERE d.user_id = ${viewerId}`,
      id: sql`d.id`,
      columns: {
        personId: sql`d.person_id`,
        groupId: sql`d.group_id`,
        title: sql`(SELECT g.title FROM groups g WHERE g.id = d.group_id)`,
        postId: sql`d.post_id`,
        tag: sql`d.tag`,
        createdAt: sql`d.created_at`,
      },
      rule: canSeeDismissal(sql`${viewerId}`, sql`d`),
    };
    return findInPortions(this.database, list, before, limit);
  }

  /** By or about a person; returns how many it deleted. */
  deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM dismissals WHERE id IN (
        SELECT id FROM (
          SELECT id FROM dismissals WHERE user_id = ${userId}
          UNION ALL SELECT id FROM dismissals WHERE person_id = ${userId}) AS own
        LIMIT ${limit})`);
  }
}
