import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateEventAnswers1764000000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const [yes, no] =
      runner.connection.options.type === 'postgres' ? ['true', 'false'] : ['1', '0'];
    await runner.query(`
      CREATE TABLE event_answers (
        id ${type.id} PRIMARY KEY NOT NULL,
        event_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        option_id ${type.id} NOT NULL,
        is_waiting ${type.boolean} NOT NULL DEFAULT ${no},
        is_counted ${type.boolean} NOT NULL DEFAULT ${yes},
        answered_at ${type.time} NOT NULL,
        CONSTRAINT "event_answers_event_fk" FOREIGN KEY ("event_id") REFERENCES "events" ("id") ON DELETE CASCADE,
        CONSTRAINT "event_answers_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "event_answers_option_fk" FOREIGN KEY ("option_id") REFERENCES "event_options" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX event_answers_pair ON event_answers (event_id, user_id)`,
    );
    await runner.query(`CREATE INDEX event_answers_of_event ON event_answers (event_id, id)`);
    await runner.query(
      `CREATE INDEX event_answers_of_option ON event_answers (event_id, option_id, id)`,
    );
    await runner.query(`CREATE INDEX event_answers_by_option ON event_answers (option_id)`);
    await runner.query(`CREATE INDEX event_answers_of_user ON event_answers (user_id, id)`);
    await runner.query(`
      CREATE TABLE event_counts (
        event_id ${type.id} NOT NULL,
        option_id ${type.id} NOT NULL,
        taken integer NOT NULL DEFAULT 0,
        answer_count integer NOT NULL DEFAULT 0,
        waiting_count integer NOT NULL DEFAULT 0,
        PRIMARY KEY (event_id, option_id),
        CONSTRAINT "event_counts_event_fk" FOREIGN KEY ("event_id") REFERENCES "events" ("id") ON DELETE CASCADE,
        CONSTRAINT "event_counts_option_fk" FOREIGN KEY ("option_id") REFERENCES "event_options" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX event_counts_by_option ON event_counts (option_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_counts');
    await runner.query('DROP TABLE event_answers');
  }
}
