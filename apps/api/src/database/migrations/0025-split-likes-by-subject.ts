import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

const KINDS = ['post', 'comment'] as const;

/** A like references what is liked, so that the database enforces that it exists. */
export class SplitLikesBySubject1764000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    for (const kind of KINDS) {
      const likes = `${kind}_likes`;
      await runner.query(`
        CREATE TABLE ${likes} (
          id ${type.id} PRIMARY KEY NOT NULL,
          ${kind}_id ${type.id} NOT NULL,
          user_id ${type.id} NOT NULL,
          CONSTRAINT "${likes}_${kind}_fk" FOREIGN KEY ("${kind}_id") REFERENCES "${kind}s" ("id") ON DELETE CASCADE,
          CONSTRAINT "${likes}_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
        )`);
      await runner.query(`
        INSERT INTO ${likes} (id, ${kind}_id, user_id)
        SELECT l.id, s.id, l.user_id FROM likes l JOIN ${kind}s s ON s.id = l.subject_id`);
      await runner.query(`CREATE UNIQUE INDEX ${likes}_pair ON ${likes} (${kind}_id, user_id)`);
      await runner.query(`CREATE INDEX ${likes}_of_${kind} ON ${likes} (${kind}_id, id)`);
      await runner.query(`CREATE INDEX ${likes}_of_user ON ${likes} (user_id)`);
    }
    await runner.query(`DROP TABLE likes`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE likes (
        id ${type.id} PRIMARY KEY NOT NULL,
        subject_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        CONSTRAINT "likes_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    for (const kind of KINDS) {
      await runner.query(`
        INSERT INTO likes (id, subject_id, user_id) SELECT id, ${kind}_id, user_id FROM ${kind}_likes`);
      await runner.query(`DROP TABLE ${kind}_likes`);
    }
    await runner.query(`CREATE UNIQUE INDEX likes_pair ON likes (subject_id, user_id)`);
    await runner.query(`CREATE INDEX likes_of_subject ON likes (subject_id, id)`);
    await runner.query(`CREATE INDEX likes_of_user ON likes (user_id)`);
  }
}
