import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addedReference, columnTypes } from '../../platform/database/columns.js';

/** Links that let somebody in, and who came by which. */
export class CreateInvitations1764000000072 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE invitations (
        id ${type.id} PRIMARY KEY NOT NULL,
        token_hash text NOT NULL,
        maker_id ${type.id},
        note text,
        max_uses integer NOT NULL,
        uses integer NOT NULL,
        created_at ${type.time} NOT NULL,
        ends_at ${type.time} NOT NULL,
        revoked_at ${type.time},
        CONSTRAINT "invitations_maker_fk" FOREIGN KEY ("maker_id") REFERENCES "users" ("id") ON DELETE SET NULL
      )`);
    await runner.query(`CREATE UNIQUE INDEX invitations_token ON invitations (token_hash)`);
    await runner.query(`CREATE INDEX invitations_of_maker ON invitations (maker_id)`);
    await runner.query(`
      CREATE TABLE invitation_uses (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        invitation_id ${type.id} NOT NULL,
        used_at ${type.time} NOT NULL,
        CONSTRAINT "invitation_uses_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "invitation_uses_invitation_fk" FOREIGN KEY ("invitation_id") REFERENCES "invitations" ("id")
      )`);
    await runner.query(
      `CREATE INDEX invitation_uses_of_invitation ON invitation_uses (invitation_id, user_id)`,
    );
    await runner.query(
      `ALTER TABLE registrations ADD COLUMN invitation_id ${type.id}
        ${addedReference('registrations_invitation_fk', 'invitation_id', 'invitations')}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE registrations DROP COLUMN invitation_id`);
    await runner.query(`DROP TABLE invitation_uses`);
    await runner.query(`DROP TABLE invitations`);
  }
}
