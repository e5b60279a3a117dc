import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { ModerationCount } from './entities/moderation-count.entity.js';

type Counters = Omit<ModerationCount, 'month'>;

@Injectable()
export class ModerationCountsRepository {
  constructor(private readonly database: Database) {}

  /** To those of this month: everyone else who counts waits for the transaction. */
  async add(transaction: Transaction, counted: Partial<Counters>): Promise<void> {
    const month = new Date().toISOString().slice(0, 7);
    const { reports = 0, dismissed = 0, removed = 0, warned = 0, suspended = 0 } = counted;
    const { minutesToDecide = 0, appeals = 0, overturned = 0 } = counted;
    await transaction.run(sql`
      INSERT INTO moderation_counts (month, reports, dismissed, removed, warned, suspended,
        minutes_to_decide, appeals, overturned)
      VALUES (${month}, ${reports}, ${dismissed}, ${removed}, ${warned}, ${suspended},
        ${minutesToDecide}, ${appeals}, ${overturned})
      ON CONFLICT (month) DO UPDATE SET
        reports = moderation_counts.reports + excluded.reports,
        dismissed = moderation_counts.dismissed + excluded.dismissed,
        removed = moderation_counts.removed + excluded.removed,
        warned = moderation_counts.warned + excluded.warned,
        suspended = moderation_counts.suspended + excluded.suspended,
        minutes_to_decide = moderation_counts.minutes_to_decide + excluded.minutes_to_decide,
        appeals = moderation_counts.appeals + excluded.appeals,
        overturned = moderation_counts.overturned + excluded.overturned`);
  }

  findNewest(limit: number): Promise<ModerationCount[]> {
    return this.database.many(sql`
      SELECT month, reports, dismissed, removed, warned, suspended,
        minutes_to_decide AS "minutesToDecide", appeals, overturned
      FROM moderation_counts ORDER BY month DESC LIMIT ${limit}`);
  }
}
