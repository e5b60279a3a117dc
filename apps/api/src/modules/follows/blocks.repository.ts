import { Injectable } from '@nestjs/common';
import { canSeeCard } from '../../access/profile.access.js';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import { empty, sql, type Transaction } from '../../platform/database/statements.js';
import { Block } from './entities/block.entity.js';
import { Mute } from './entities/mute.entity.js';
import type { PersonRow } from '../users/users.service.js';

/** Who does not want to see whom. */
@Injectable()
export class BlocksRepository {
  constructor(private readonly database: Database) {}

  async isBlocking(
    transaction: Transaction,
    blockerId: string,
    blockedId: string,
  ): Promise<boolean> {
    const row = await transaction.one(
      sql`SELECT id FROM blocks WHERE blocker_id = ${blockerId} AND blocked_id = ${blockedId}`,
    );
    return row !== null;
  }

  async block(transaction: Transaction, blockerId: string, blockedId: string): Promise<void> {
    await transaction.insert(Block, {
      id: uuid(),
      blockerId,
      blockedId,
      createdAt: new Date().toISOString(),
    });
  }

  async unblock(transaction: Transaction, blockerId: string, blockedId: string): Promise<void> {
    await transaction.delete(Block, { blockerId, blockedId });
  }

  async mute(transaction: Transaction, muterId: string, mutedId: string): Promise<void> {
    await this.unmute(transaction, muterId, mutedId);
    await transaction.insert(Mute, {
      id: uuid(),
      muterId,
      mutedId,
      createdAt: new Date().toISOString(),
    });
  }

  async unmute(transaction: Transaction, muterId: string, mutedId: string): Promise<void> {
    await transaction.delete(Mute, { muterId, mutedId });
  }

  findBlocked(blockerId: string, before: string | null, limit: number): Promise<PersonRow[]> {
    return this.database.many(sql`
      SELECT b.id, b.blocked_id AS "userId" FROM blocks b
      WHERE b.blocker_id = ${blockerId} ${before ? sql`AND b.id < ${before}` : empty}
      ORDER BY b.id DESC LIMIT ${limit}`);
  }

  findMuted(muterId: string, before: string | null, limit: number): Promise<PersonRow[]> {
    return findInPortions(
      this.database,
      {
        rows: sql`mutes m WHERE m.muter_id = ${muterId}`,
        id: sql`m.id`,
        columns: { userId: sql`m.muted_id` },
        rule: canSeeCard(sql`${muterId}`, sql`m.muted_id`),
      },
      before,
      limit,
    );
  }
}
