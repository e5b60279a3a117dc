import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexChosenFollowers1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX chosen_followers_of_user ON chosen_followers (user_id, post_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX chosen_followers_of_user');
  }
}
