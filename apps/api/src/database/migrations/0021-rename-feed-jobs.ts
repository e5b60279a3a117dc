import type { MigrationInterface, QueryRunner } from 'typeorm';

const RENAMED = [
  ['feed.hand-out', 'feed.fan-out'],
  ['feed.clear', 'feed.remove-author'],
  ['feed.take-back', 'feed.remove-post'],
  ['posts.settle-hashtags', 'posts.settle-reach'],
] as const;

/** Pending jobs are named after their listeners and hold what the event holds. */
export class RenameFeedJobs1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [before, after] of RENAMED)
      await runner.query(`UPDATE jobs SET kind = '${after}' WHERE kind = '${before}'`);
    await runner.query(
      `UPDATE jobs SET payload = replace(payload, '"authorId"', '"userId"') WHERE kind = 'posts.settle-reach'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE jobs SET payload = replace(payload, '"userId"', '"authorId"') WHERE kind = 'posts.settle-reach'`,
    );
    for (const [before, after] of RENAMED)
      await runner.query(`UPDATE jobs SET kind = '${before}' WHERE kind = '${after}'`);
  }
}
