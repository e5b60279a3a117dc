import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** How much was reported and decided in each month, for everyone to see. */
export class CountModeration1764000000111 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { integer } = columnTypes(runner);
    const counters = [
      ...['reports', 'dismissed', 'removed', 'warned', 'suspended'],
      ...['minutes_to_decide', 'appeals', 'overturned'],
    ].map((name) => `${name} ${integer} NOT NULL DEFAULT 0`);
    await runner.query(
      `CREATE TABLE moderation_counts (month text PRIMARY KEY NOT NULL, ${counters.join(', ')})`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE moderation_counts');
  }
}
