import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateGroups1764000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const isPostgres = runner.connection.options.type === 'postgres';
    const [word, yes] = isPostgres ? ['text COLLATE "C"', 'true'] : ['text', '1'];
    await runner.query(`
      CREATE TABLE groups (
        id ${type.id} PRIMARY KEY NOT NULL,
        creator_id ${type.id},
        title text NOT NULL,
        description text NOT NULL,
        search_text text NOT NULL,
        member_count integer NOT NULL DEFAULT 0,
        created_at ${type.time} NOT NULL,
        deleted_at ${type.time},
        CONSTRAINT "groups_creator_fk" FOREIGN KEY ("creator_id") REFERENCES "users" ("id")
      )`);
    await runner.query(
      `CREATE INDEX groups_by_size ON groups (member_count, id) WHERE deleted_at IS NULL`,
    );
    await runner.query(`CREATE INDEX groups_of_creator ON groups (creator_id)`);
    await runner.query(`
      CREATE TABLE group_words (
        word ${word} NOT NULL,
        group_id ${type.id} NOT NULL,
        PRIMARY KEY (word, group_id),
        CONSTRAINT "group_words_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX group_words_of_group ON group_words (group_id)`);
    await runner.query(`
      CREATE TABLE memberships (
        id ${type.id} PRIMARY KEY NOT NULL,
        group_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        role text NOT NULL,
        is_counted ${type.boolean} NOT NULL DEFAULT ${yes},
        joined_at ${type.time} NOT NULL,
        ended_at ${type.time},
        ended_by text,
        CONSTRAINT "memberships_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE,
        CONSTRAINT "memberships_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX memberships_pair ON memberships (group_id, user_id) WHERE ended_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX memberships_of_group ON memberships (group_id, id) WHERE ended_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX memberships_past_of_group ON memberships (group_id, id) WHERE ended_at IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX memberships_of_user ON memberships (user_id, id)`);
    await runner.query(`
      CREATE TABLE group_invitations (
        id ${type.id} PRIMARY KEY NOT NULL,
        group_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        inviter_id ${type.id} NOT NULL,
        words text,
        status text NOT NULL,
        created_at ${type.time} NOT NULL,
        decided_at ${type.time},
        CONSTRAINT "group_invitations_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE,
        CONSTRAINT "group_invitations_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "group_invitations_inviter_fk" FOREIGN KEY ("inviter_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX group_invitations_pair ON group_invitations (group_id, user_id)`,
    );
    await runner.query(
      `CREATE INDEX group_invitations_of_group ON group_invitations (group_id, status, id)`,
    );
    await runner.query(
      `CREATE INDEX group_invitations_of_user ON group_invitations (user_id, status, id)`,
    );
    await runner.query(
      `CREATE INDEX group_invitations_of_inviter ON group_invitations (inviter_id, id)`,
    );
    await runner.query(`
      CREATE TABLE group_requests (
        id ${type.id} PRIMARY KEY NOT NULL,
        group_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        words text,
        status text NOT NULL,
        created_at ${type.time} NOT NULL,
        decided_at ${type.time},
        CONSTRAINT "group_requests_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE,
        CONSTRAINT "group_requests_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX group_requests_pair ON group_requests (group_id, user_id)`,
    );
    await runner.query(
      `CREATE INDEX group_requests_of_group ON group_requests (group_id, status, id)`,
    );
    await runner.query(`CREATE INDEX group_requests_of_user ON group_requests (user_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['group_requests', 'group_invitations', 'memberships', 'group_words'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DROP TABLE groups`);
  }
}
