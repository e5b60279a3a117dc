import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far down the texts of a person or group have to be searched. */
export class FindTheNewestInAScope1764000000118 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX search_documents_newest_in_scope ON search_documents (scope_id, number)`,
    );
    await runner.query(`DROP INDEX search_documents_in_scope`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX search_documents_in_scope ON search_documents (scope_id)`);
    await runner.query(`DROP INDEX search_documents_newest_in_scope`);
  }
}
