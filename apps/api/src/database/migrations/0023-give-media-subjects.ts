import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

/** Attachments reference their post or comment, so that the database enforces that it exists. */
export class GiveMediaSubjects1764000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`CREATE TABLE media_kept AS SELECT * FROM media`);
    await runner.query(`DROP TABLE media`);
    await runner.query(`
      CREATE TABLE media (
        id ${type.id} PRIMARY KEY NOT NULL,
        owner_id ${type.id},
        registration_id ${type.id},
        purpose text NOT NULL,
        kind text NOT NULL,
        status text NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        duration_ms integer,
        placeholder text NOT NULL,
        alt text,
        bytes integer NOT NULL,
        post_id ${type.id},
        comment_id ${type.id},
        position integer NOT NULL DEFAULT 0,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "media_owner_or_registration" CHECK ((owner_id IS NULL) <> (registration_id IS NULL)),
        CONSTRAINT "media_one_subject" CHECK ((post_id IS NULL OR comment_id IS NULL) AND (purpose = 'attachment' OR COALESCE(post_id, comment_id) IS NULL)),
        CONSTRAINT "media_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "media_registration_fk" FOREIGN KEY ("registration_id") REFERENCES "registrations" ("id"),
        CONSTRAINT "media_post_fk" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE SET NULL,
        CONSTRAINT "media_comment_fk" FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE SET NULL
      )`);
    // Media of posts and comments that no longer exist are attached to nothing from now on, and expire.
    await runner.query(`
      INSERT INTO media (id, owner_id, purpose, kind, status, width, height, duration_ms, placeholder, alt, bytes,
        post_id, comment_id, position, created_at)
      SELECT kept.id, kept.owner_id, 'attachment', kept.kind, kept.status, kept.width, kept.height, kept.duration_ms,
        kept.placeholder, kept.alt, kept.bytes, p.id, c.id, kept.position, kept.created_at
      FROM media_kept kept
      LEFT JOIN posts p ON kept.attached_kind = 'post' AND p.id = kept.attached_id
      LEFT JOIN comments c ON kept.attached_kind = 'comment' AND c.id = kept.attached_id`);
    await runner.query(`DROP TABLE media_kept`);
    await runner.query(`CREATE INDEX media_of_owner ON media (owner_id, id)`);
    await runner.query(
      `CREATE INDEX media_of_post ON media (post_id, position) WHERE post_id IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX media_of_comment ON media (comment_id, position) WHERE comment_id IS NOT NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX media_of_registration ON media (registration_id) WHERE registration_id IS NOT NULL`,
    );
    await runner.query(`
      CREATE UNIQUE INDEX media_shown_of_owner ON media (owner_id, purpose)
      WHERE purpose <> 'attachment' AND status = 'ready'`);
    await runner.query(`
      CREATE INDEX media_not_used ON media (created_at)
      WHERE post_id IS NULL AND comment_id IS NULL AND (purpose = 'attachment' OR status <> 'ready')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`CREATE TABLE media_kept AS SELECT * FROM media`);
    await runner.query(`DROP TABLE media`);
    await runner.query(`
      CREATE TABLE media (
        id ${type.id} PRIMARY KEY NOT NULL,
        owner_id ${type.id} NOT NULL,
        kind text NOT NULL,
        status text NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        duration_ms integer,
        placeholder text NOT NULL,
        alt text,
        bytes integer NOT NULL,
        attached_kind text,
        attached_id ${type.id},
        position integer NOT NULL DEFAULT 0,
        created_at ${type.time} NOT NULL,
        CONSTRAINT "media_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`
      INSERT INTO media (id, owner_id, kind, status, width, height, duration_ms, placeholder, alt, bytes,
        attached_kind, attached_id, position, created_at)
      SELECT id, owner_id, kind, status, width, height, duration_ms, placeholder, alt, bytes,
        CASE WHEN post_id IS NOT NULL THEN 'post' WHEN comment_id IS NOT NULL THEN 'comment' END,
        COALESCE(post_id, comment_id), position, created_at
      FROM media_kept WHERE purpose = 'attachment'`);
    await runner.query(`DROP TABLE media_kept`);
    await runner.query(`CREATE INDEX media_attached ON media (attached_id, position, created_at)`);
    await runner.query(`CREATE INDEX media_of_owner ON media (owner_id, id)`);
  }
}
