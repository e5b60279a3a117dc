import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** What people want to hear of by which channel, and when: so far they could only silence kinds. */
export class GiveNotificationsChannels1764000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const no = runner.connection.options.type === 'postgres' ? 'false' : '0';
    await runner.query(`
      CREATE TABLE notification_choices (
        user_id ${type.id} NOT NULL,
        topic text NOT NULL,
        channel text NOT NULL,
        is_on ${type.boolean} NOT NULL,
        PRIMARY KEY (user_id, topic, channel),
        ${owned('notification_choices')}
      )`);
    await runner.query(`
      INSERT INTO notification_choices (user_id, topic, channel, is_on)
      SELECT user_id, kind, 'app', ${no} FROM silenced_notifications`);
    await runner.query(`DROP TABLE silenced_notifications`);
    await runner.query(`
      CREATE TABLE notification_settings (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        zone text,
        quiet_from text,
        quiet_to text,
        digest_hour ${type.integer},
        ${owned('notification_settings')}
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`DROP TABLE notification_settings`);
    await runner.query(`
      CREATE TABLE silenced_notifications (
        user_id ${type.id} NOT NULL,
        kind text NOT NULL,
        PRIMARY KEY (user_id, kind),
        ${owned('silenced_notifications')}
      )`);
    await runner.query(`
      INSERT INTO silenced_notifications (user_id, kind)
      SELECT user_id, topic FROM notification_choices WHERE channel = 'app' AND NOT is_on`);
    await runner.query(`DROP TABLE notification_choices`);
  }
}

const owned = (table: string) =>
  `CONSTRAINT "${table}_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE`;
