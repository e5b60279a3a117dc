import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

const PICTURES = [
  { purpose: 'avatar', of: 'users', key: 'avatar_id', owner: 'owner_id', width: 640, height: 640 },
  { purpose: 'banner', of: 'users', key: 'banner_id', owner: 'owner_id', width: 1500, height: 500 },
  {
    purpose: 'avatar',
    of: 'registrations',
    key: 'avatar_id',
    owner: 'registration_id',
    width: 640,
    height: 640,
  },
] as const;

/**
 * Avatars and banners get rows. Files and URLs stay as they are, because both are made of the id. The size of the files
 * is not known here; it counts from the next upload on.
 */
export class MakeProfilePicturesMedia1764000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { purpose, of, key, owner, width, height } of PICTURES)
      await runner.query(`
        INSERT INTO media (id, ${owner}, purpose, kind, status, width, height, placeholder, bytes, created_at)
        SELECT ${key}, id, '${purpose}', 'image', 'ready', ${width}, ${height}, '', 0, created_at
        FROM ${of} WHERE ${key} IS NOT NULL`);
    await runner.query(`ALTER TABLE registrations DROP COLUMN avatar_id`);
    await runner.query(`
      UPDATE jobs SET payload = replace(payload, '{"ids"', '{"purpose":"attachment","ids"')
      WHERE kind = 'media.remove-files'`);
    await runner.query(`
      UPDATE jobs SET kind = 'media.remove-files',
        payload = replace(replace(replace(payload, '"kind"', '"purpose"'), '"id":', '"ids":['), '}', ']}')
      WHERE kind = 'users.remove-picture'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      UPDATE jobs SET kind = 'users.remove-picture',
        payload = replace(replace(replace(payload, '"purpose"', '"kind"'), '"ids":[', '"id":'), ']}', '}')
      WHERE kind = 'media.remove-files' AND payload NOT LIKE '{"purpose":"attachment"%'`);
    await runner.query(`
      UPDATE jobs SET payload = replace(payload, '{"purpose":"attachment","ids"', '{"ids"')
      WHERE kind = 'media.remove-files'`);
    await runner.query(`ALTER TABLE registrations ADD COLUMN avatar_id ${type.id}`);
    await runner.query(`
      UPDATE registrations SET avatar_id = (
        SELECT m.id FROM media m WHERE m.registration_id = registrations.id AND m.status = 'ready')`);
    await runner.query(`DELETE FROM media WHERE purpose <> 'attachment'`);
  }
}
