import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { skipLocked } from '../database/dialect.js';
import { join, sql, type Transaction } from '../database/statements.js';
import { Job } from './job.entity.js';

export interface LeasedJob {
  id: string;
  kind: string;
  payload: string;
  attempts: number;
}

@Injectable()
export class JobsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, job: Job): Promise<void> {
    await transaction.run(sql`
      INSERT INTO jobs (id, kind, payload, unique_key, state, run_at, attempts, last_error, created_at)
      VALUES (${job.id}, ${job.kind}, ${job.payload}, ${job.uniqueKey}, ${job.state}, ${job.runAt},
        ${job.attempts}, ${job.lastError}, ${job.createdAt})`);
  }

  async insertUnlessKeyed(transaction: Transaction, job: Job): Promise<void> {
    const existing = await transaction.one(
      sql`SELECT id FROM jobs WHERE unique_key = ${job.uniqueKey}`,
    );
    if (!existing) await transaction.insert(Job, job);
  }

  /** Takes the job of these kinds that has been due longest; `run_at` moves to the end of the lease. */
  lease(kinds: string[], now: string, until: string): Promise<LeasedJob | null> {
    return this.database.transaction((transaction) =>
      transaction.one<LeasedJob>(sql`
        UPDATE jobs SET run_at = ${until}, attempts = attempts + 1
        WHERE id = (
          SELECT id FROM jobs
          WHERE state = 'waiting' AND run_at <= ${now} AND kind IN (${join(kinds)})
          ORDER BY run_at LIMIT 1 ${skipLocked(this.database.dialect)}
        )
        RETURNING id, kind, payload, attempts`),
    );
  }

  async hasDue(kinds: string[], now: string): Promise<boolean> {
    const row = await this.database.one(
      sql`SELECT id FROM jobs
        WHERE state = 'waiting' AND run_at <= ${now} AND kind IN (${join(kinds)}) LIMIT 1`,
    );
    return row !== null;
  }

  async extendLease(job: LeasedJob, until: string): Promise<boolean> {
    const changed = await this.database.transaction((transaction) =>
      transaction.run(
        sql`UPDATE jobs SET run_at = ${until} WHERE id = ${job.id} AND attempts = ${job.attempts}`,
      ),
    );
    return changed === 1;
  }

  /** Tells whether the job was still this worker's to end. */
  async remove(transaction: Transaction, job: LeasedJob): Promise<boolean> {
    const changed = await transaction.run(
      sql`DELETE FROM jobs WHERE id = ${job.id} AND attempts = ${job.attempts}`,
    );
    return changed === 1;
  }

  async reschedule(transaction: Transaction, job: LeasedJob, runAt: string): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE jobs SET run_at = ${runAt}, attempts = 0, last_error = NULL
      WHERE id = ${job.id} AND attempts = ${job.attempts}`);
    return changed === 1;
  }

  async recordFailure(
    job: LeasedJob,
    state: Job['state'],
    runAt: string,
    error: string,
  ): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.run(sql`
        UPDATE jobs SET state = ${state}, run_at = ${runAt}, last_error = ${error}
        WHERE id = ${job.id} AND attempts = ${job.attempts}`),
    );
  }

  async countDead(): Promise<number> {
    const row = await this.database.one<{ dead: number }>(
      sql`SELECT count(*) AS dead FROM jobs WHERE state = 'dead'`,
    );
    return row!.dead;
  }
}
