import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Rows are added and never changed: the database refuses it, whoever asks. */
export class CreateModerationLog1764000000086 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE moderation_log (
        position ${type.integer} PRIMARY KEY NOT NULL,
        at ${type.time} NOT NULL,
        action text NOT NULL,
        actor_id ${type.id},
        case_id ${type.id} NOT NULL,
        subject_kind text NOT NULL,
        subject_id ${type.id} NOT NULL,
        person_id ${type.id},
        reason text,
        words_hash text,
        ends_at ${type.time},
        previous_hash text NOT NULL,
        hash text NOT NULL
      )`);
    const isPostgres = runner.connection.options.type === 'postgres';
    if (isPostgres)
      await runner.query(`
        CREATE FUNCTION refuse_to_change_moderation_log() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'The moderation log is only added to'; END $$`);
    for (const change of ['UPDATE', 'DELETE'])
      await runner.query(
        isPostgres
          ? `CREATE TRIGGER moderation_log_no_${change.toLowerCase()} BEFORE ${change} ON moderation_log
             FOR EACH ROW EXECUTE FUNCTION refuse_to_change_moderation_log()`
          : `CREATE TRIGGER moderation_log_no_${change.toLowerCase()} BEFORE ${change} ON moderation_log
             BEGIN SELECT RAISE(ABORT, 'The moderation log is only added to'); END`,
      );
    await runner.query(`
      CREATE TABLE suspensions (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        case_id ${type.id} NOT NULL,
        ends_at ${type.time},
        CONSTRAINT "suspensions_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "suspensions_case_fk" FOREIGN KEY ("case_id") REFERENCES "report_cases" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX suspensions_of_case ON suspensions (case_id)`);
    await runner.query(
      `CREATE INDEX suspensions_to_end ON suspensions (ends_at) WHERE ends_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE suspensions');
    await runner.query('DROP TABLE moderation_log');
    if (runner.connection.options.type === 'postgres')
      await runner.query('DROP FUNCTION refuse_to_change_moderation_log');
  }
}
