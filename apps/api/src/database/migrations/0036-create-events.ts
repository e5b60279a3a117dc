import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateEvents1764000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const no = runner.connection.options.type === 'postgres' ? 'false' : '0';
    await runner.query(`
      CREATE TABLE event_series (
        id ${type.id} PRIMARY KEY NOT NULL,
        group_id ${type.id} NOT NULL,
        creator_id ${type.id},
        title text NOT NULL,
        description text NOT NULL,
        place text,
        zone text NOT NULL,
        starts_local text NOT NULL,
        ends_local text,
        repeats text,
        until ${type.day},
        sequence integer NOT NULL DEFAULT 0,
        answer_count integer NOT NULL DEFAULT 0,
        created_at ${type.time} NOT NULL,
        changed_at ${type.time} NOT NULL,
        CONSTRAINT "event_series_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE,
        CONSTRAINT "event_series_creator_fk" FOREIGN KEY ("creator_id") REFERENCES "users" ("id")
      )`);
    await runner.query(`CREATE INDEX event_series_of_group ON event_series (group_id, id)`);
    await runner.query(`CREATE INDEX event_series_of_creator ON event_series (creator_id, id)`);
    await runner.query(`
      CREATE TABLE events (
        id ${type.id} PRIMARY KEY NOT NULL,
        series_id ${type.id} NOT NULL,
        group_id ${type.id} NOT NULL,
        zone text NOT NULL,
        starts_local text NOT NULL,
        ends_local text,
        starts_at ${type.time} NOT NULL,
        ends_at ${type.time},
        over_at ${type.time} NOT NULL,
        recurrence text,
        is_moved ${type.boolean} NOT NULL DEFAULT ${no},
        cancelled_at ${type.time},
        next_reminder_at ${type.time},
        CONSTRAINT "events_series_fk" FOREIGN KEY ("series_id") REFERENCES "event_series" ("id") ON DELETE CASCADE,
        CONSTRAINT "events_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX events_of_group ON events (group_id, starts_at, id)`);
    await runner.query(`CREATE INDEX events_of_series ON events (series_id, starts_at)`);
    await runner.query(
      `CREATE INDEX events_to_remind ON events (next_reminder_at) WHERE next_reminder_at IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE event_options (
        id ${type.id} PRIMARY KEY NOT NULL,
        series_id ${type.id} NOT NULL,
        position integer NOT NULL,
        title text NOT NULL,
        capacity integer,
        CONSTRAINT "event_options_series_fk" FOREIGN KEY ("series_id") REFERENCES "event_series" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE INDEX event_options_of_series ON event_options (series_id, position)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['event_options', 'events', 'event_series'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
