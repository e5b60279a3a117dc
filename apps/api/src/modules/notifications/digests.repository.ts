import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import { anyOf, sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { NotificationDigest } from './entities/notification-settings.entity.js';

export interface Planned {
  userId: string;
  zone: string | null;
  digestHour: number | null;
  hasSettings: boolean | number;
}

/** Only with the lock of the person's notifications. */
@Injectable()
export class DigestsRepository {
  constructor(private readonly database: Database) {}

  /** Those of these people whose next one isn't planned yet. */
  findUnplanned(reader: Reader, userIds: string[]): Promise<Planned[]> {
    return reader.many(sql`
      SELECT u.id AS "userId", s.zone, s.digest_hour AS "digestHour",
        s.user_id IS NOT NULL AS "hasSettings"
      FROM users u
      LEFT JOIN notification_settings s ON s.user_id = u.id
      LEFT JOIN notification_digests d ON d.user_id = u.id
      WHERE u.id IN (${anyOf(userIds)}) AND d.due_at IS NULL`);
  }

  async plan(transaction: Transaction, userId: string, dueAt: string): Promise<void> {
    const changed = await transaction.update(NotificationDigest, { userId }, { dueAt });
    if (!changed)
      await transaction.insert(NotificationDigest, { userId, dueAt, toldUpTo: FIRST_ID });
  }

  async unplan(transaction: Transaction, userId: string): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE notification_digests SET due_at = NULL WHERE user_id = ${userId} AND due_at IS NOT NULL`);
    return changed === 1;
  }

  async findDue(now: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT user_id AS id FROM notification_digests WHERE due_at <= ${now} ORDER BY due_at LIMIT ${limit}`);
  }

  /** Whether it was still due: it is taken once. */
  async take(transaction: Transaction, userId: string, now: string): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE notification_digests SET due_at = NULL WHERE user_id = ${userId} AND due_at <= ${now}`);
    return changed === 1;
  }

  async findToldUpTo(userId: string): Promise<string> {
    const row = await this.database.one<{ toldUpTo: string }>(
      sql`SELECT told_up_to AS "toldUpTo" FROM notification_digests WHERE user_id = ${userId}`,
    );
    return row?.toldUpTo ?? FIRST_ID;
  }

  async saveTold(transaction: Transaction, userId: string, toldUpTo: string): Promise<void> {
    await transaction.update(NotificationDigest, { userId }, { toldUpTo });
  }
}
