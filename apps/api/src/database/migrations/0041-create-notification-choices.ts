import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** What people have seen of their notifications, and what they don't want to hear of. */
export class CreateNotificationChoices1764000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const owned = (table: string) =>
      `CONSTRAINT "${table}_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE`;
    await runner.query(`
      CREATE TABLE notification_states (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        seen_up_to ${type.id} NOT NULL,
        ${owned('notification_states')}
      )`);
    await runner.query(`
      CREATE TABLE silenced_notifications (
        user_id ${type.id} NOT NULL,
        kind text NOT NULL,
        PRIMARY KEY (user_id, kind),
        ${owned('silenced_notifications')}
      )`);
    await runner.query(`
      CREATE TABLE notification_mutes (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        post_id ${type.id},
        group_id ${type.id},
        until ${type.time},
        ${owned('notification_mutes')},
        CONSTRAINT "notification_mutes_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
        CONSTRAINT "notification_mutes_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE
      )`);
    for (const subject of ['post', 'group'])
      await runner.query(`
        CREATE UNIQUE INDEX notification_mutes_of_${subject} ON notification_mutes (${subject}_id, user_id)
        WHERE ${subject}_id IS NOT NULL`);
    await runner.query(
      `CREATE INDEX notification_mutes_of_user ON notification_mutes (user_id, id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['notification_mutes', 'silenced_notifications', 'notification_states'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
