import { Injectable } from '@nestjs/common';
import { canSeeCard } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import { anyOf, sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { FormerHandle } from './entities/former-handle.entity.js';

@Injectable()
export class HandlesRepository {
  constructor(private readonly database: Database) {}

  /** Which of these somebody has, or has given up too recently; `exceptOf` may take back their own. */
  async findTaken(
    reader: Reader,
    handles: string[],
    now: string,
    exceptOf: string | null,
  ): Promise<Set<string>> {
    const rows = await reader.many<Pick<FormerHandle, 'handle'>>(sql`
      SELECT u.handle FROM users u WHERE u.handle IN (${anyOf(handles)})
      UNION ALL SELECT f.handle FROM former_handles f
      WHERE f.handle IN (${anyOf(handles)}) AND f.until > ${now}
        AND (f.user_id IS NULL OR f.user_id <> ${exceptOf ?? FIRST_ID})`);
    return new Set(rows.map(({ handle }) => handle));
  }

  /** People who have or had these handles and whose card the viewer may see. */
  findVisible(
    reader: Reader,
    viewerId: string,
    handles: string[],
    now: string,
  ): Promise<{ handle: string; id: string }[]> {
    return reader.many(sql`
      SELECT named.handle, named.id FROM (
        SELECT u.handle, u.id FROM users u WHERE u.handle IN (${anyOf(handles)})
        UNION ALL SELECT f.handle, f.user_id FROM former_handles f
        WHERE f.handle IN (${anyOf(handles)}) AND f.until > ${now}) AS named
      WHERE named.id IS NOT NULL AND ${canSeeCard(sql`${viewerId}`, sql`named.id`)}`);
  }

  async findOf(reader: Reader, userId: string): Promise<string | null> {
    const row = await reader.one<{ handle: string }>(
      sql`SELECT u.handle FROM users u WHERE u.id = ${userId}`,
    );
    return row?.handle ?? null;
  }

  /** What is kept for a person, the first to become free first. */
  findFormer(userId: string, now: string, reader: Reader = this.database): Promise<FormerHandle[]> {
    return reader.many(sql`
      SELECT f.handle, f.user_id AS "userId", f.until FROM former_handles f
      WHERE f.user_id = ${userId} AND f.until > ${now} ORDER BY f.until`);
  }

  async keep(transaction: Transaction, former: FormerHandle): Promise<void> {
    await this.free(transaction, former.handle);
    await transaction.insert(FormerHandle, former);
  }

  async free(transaction: Transaction, handle: string): Promise<void> {
    await transaction.delete(FormerHandle, { handle });
  }

  /** Returns how many it deleted, at most `limit`. */
  deleteExpired(transaction: Transaction, now: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM former_handles WHERE handle IN (
        SELECT f.handle FROM former_handles f WHERE f.until <= ${now} LIMIT ${limit})`);
  }
}
