import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateReports1764000000085 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    await runner.query(`
      CREATE TABLE report_cases (
        id ${type.id} PRIMARY KEY NOT NULL,
        subject_kind text NOT NULL,
        subject_id ${type.id} NOT NULL,
        person_id ${type.id},
        snapshot text NOT NULL,
        report_count ${type.integer} NOT NULL DEFAULT 0,
        claimed_by_id ${type.id},
        claimed_until ${type.time},
        decided_at ${type.time},
        decided_by_id ${type.id},
        decision text,
        reason text,
        words text,
        ends_at ${type.time},
        undone_at ${type.time},
        CONSTRAINT "report_cases_person_fk" FOREIGN KEY ("person_id") REFERENCES "users" ("id") ON DELETE CASCADE,
        CONSTRAINT "report_cases_claimed_by_fk" FOREIGN KEY ("claimed_by_id") REFERENCES "users" ("id") ON DELETE SET NULL,
        CONSTRAINT "report_cases_decided_by_fk" FOREIGN KEY ("decided_by_id") REFERENCES "users" ("id") ON DELETE SET NULL
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX report_cases_open ON report_cases (subject_id, subject_kind)
      WHERE decided_at IS NULL`);
    await runner.query(
      `CREATE INDEX report_cases_queue ON report_cases (id) WHERE decided_at IS NULL`,
    );
    await runner.query(`CREATE INDEX report_cases_of_person ON report_cases (person_id, id)`);
    await runner.query(`CREATE INDEX report_cases_claimed_by ON report_cases (claimed_by_id)`);
    await runner.query(`CREATE INDEX report_cases_decided_by ON report_cases (decided_by_id)`);
    await runner.query(`
      CREATE TABLE reports (
        id ${type.id} PRIMARY KEY NOT NULL,
        case_id ${type.id} NOT NULL,
        reporter_id ${type.id} NOT NULL,
        reason text NOT NULL,
        words text,
        CONSTRAINT "reports_case_fk" FOREIGN KEY ("case_id") REFERENCES "report_cases" ("id") ON DELETE CASCADE,
        CONSTRAINT "reports_reporter_fk" FOREIGN KEY ("reporter_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE UNIQUE INDEX reports_pair ON reports (case_id, reporter_id)`);
    await runner.query(`CREATE INDEX reports_of_case ON reports (case_id, id)`);
    await runner.query(`CREATE INDEX reports_of_reporter ON reports (reporter_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reports');
    await runner.query('DROP TABLE report_cases');
  }
}
