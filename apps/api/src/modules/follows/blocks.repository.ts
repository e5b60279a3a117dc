import { Injectable } from '@nestjs/common';
import { canSeeBlocked, canSeeCard } from '../../access/profile.access.js';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { Block } from './entities/block.entity.js';
import { Mute } from './entities/mute.entity.js';
import type { PersonRow } from '../users/users.service.js';

/** Blocks and mutes. */
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

  /** Deletes blocks and mutes by or of a person; returns how many blocks it deleted, or else mutes. */
  async deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    const blocks = await transaction.run(sql`
      DELETE FROM blocks WHERE id IN (
        SELECT id FROM (
          SELECT id FROM blocks WHERE blocker_id = ${userId}
          UNION ALL SELECT id FROM blocks WHERE blocked_id = ${userId}) AS own
        LIMIT ${limit})`);
    if (blocks === limit) return blocks;
    return transaction.run(sql`
      DELETE FROM mutes WHERE id IN (
        SELECT id FROM (
          SELECT id FROM mutes WHERE muter_id = ${userId}
          UNION ALL SELECT id FROM mutes WHERE muted_id = ${userId}) AS own
        LIMIT ${limit})`);
  }

  findBlocked(blockerId: string, before: string | null, limit: number): Promise<PersonRow[]> {
    return findInPortions(
      this.database,
      {
        rows: sql`blocks b WHERE b.blocker_id = ${blockerId}`,
        id: sql`b.id`,
        columns: { userId: sql`b.blocked_id` },
        rule: canSeeBlocked(sql`${blockerId}`, sql`b.blocked_id`),
      },
      before,
      limit,
    );
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
