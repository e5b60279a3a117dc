import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Counted {
  importId: string;
  kind: string;
  leftOut: string | null;
  isNarrowed: boolean | number;
  count: number | string;
}

/** How much came with an import is counted as it comes: the page that asks every few seconds counts nothing. */
export class CountWhatWasImported1764000000115 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE imports ADD COLUMN tally text NOT NULL DEFAULT '[]'`);
    const rows = (await runner.query(`
      SELECT t.import_id AS "importId", t.kind, t.left_out AS "leftOut", t.is_narrowed AS "isNarrowed",
        count(*) AS count
      FROM imported_things t GROUP BY t.import_id, t.kind, t.left_out, t.is_narrowed`)) as Counted[];
    for (const [id, counted] of Map.groupBy(rows, ({ importId }) => importId)) {
      const tally = counted.map(({ kind, leftOut, isNarrowed, count }) => ({
        kind,
        leftOut,
        isNarrowed: Boolean(isNarrowed),
        count: Number(count),
      }));
      await runner.query(
        `UPDATE imports SET tally = '${JSON.stringify(tally)}' WHERE id = '${id}'`,
      );
    }
    await runner.query(`DROP INDEX imported_things_by_import`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX imported_things_by_import ON imported_things (import_id)`);
    await runner.query(`ALTER TABLE imports DROP COLUMN tally`);
  }
}
