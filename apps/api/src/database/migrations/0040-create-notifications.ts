import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateNotifications1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE notifications (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        position ${type.id} NOT NULL,
        kind text NOT NULL,
        group_key text NOT NULL,
        post_id ${type.id},
        comment_id ${type.id},
        group_id ${type.id},
        event_id ${type.id},
        detail text,
        read_at ${type.time},
        CONSTRAINT "notifications_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "notifications_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
        CONSTRAINT "notifications_comment_fk" FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE CASCADE,
        CONSTRAINT "notifications_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE,
        CONSTRAINT "notifications_event_fk" FOREIGN KEY ("event_id") REFERENCES "events" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX notifications_of_user ON notifications (user_id, position)`,
    );
    await runner.query(`CREATE INDEX notifications_by_key ON notifications (user_id, group_key)`);
    for (const subject of ['post', 'comment', 'group', 'event'])
      await runner.query(`
        CREATE INDEX notifications_of_${subject} ON notifications (${subject}_id)
        WHERE ${subject}_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE notification_actions (
        id ${type.id} PRIMARY KEY NOT NULL,
        notification_id ${type.id} NOT NULL,
        actor_id ${type.id} NOT NULL,
        comment_id ${type.id},
        post_id ${type.id},
        CONSTRAINT "notification_actions_notification_fk" FOREIGN KEY ("notification_id") REFERENCES "notifications" ("id") ON DELETE CASCADE,
        CONSTRAINT "notification_actions_actor_fk" FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "notification_actions_comment_fk" FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE CASCADE,
        CONSTRAINT "notification_actions_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX notification_actions_pair ON notification_actions (notification_id, actor_id)`,
    );
    await runner.query(
      `CREATE INDEX notification_actions_of_notification ON notification_actions (notification_id, id)`,
    );
    await runner.query(
      `CREATE INDEX notification_actions_of_actor ON notification_actions (actor_id, id)`,
    );
    for (const action of ['comment', 'post'])
      await runner.query(`
        CREATE INDEX notification_actions_of_${action} ON notification_actions (${action}_id)
        WHERE ${action}_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notification_actions');
    await runner.query('DROP TABLE notifications');
  }
}
