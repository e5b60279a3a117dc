import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateDismissals1764000000063 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE dismissals (
        id ${type.id} PRIMARY KEY NOT NULL,
        user_id ${type.id} NOT NULL,
        person_id ${type.id},
        group_id ${type.id},
        post_id ${type.id},
        tag text,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "dismissals_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "dismissals_person_fk" FOREIGN KEY ("person_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "dismissals_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE,
        CONSTRAINT "dismissals_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE
      )`);
    for (const subject of ['person', 'group', 'post'])
      await runner.query(`
        CREATE UNIQUE INDEX dismissals_of_${subject} ON dismissals (${subject}_id, user_id)
        WHERE ${subject}_id IS NOT NULL`);
    await runner.query(
      `CREATE UNIQUE INDEX dismissals_of_tag ON dismissals (user_id, tag) WHERE tag IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX dismissals_of_user ON dismissals (user_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE dismissals`);
  }
}
