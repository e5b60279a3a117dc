import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { skipLocked } from '../database/dialect.js';
import { anyOf, join, sql, type Sql, type Transaction } from '../database/statements.js';
import { Job } from './job.entity.js';

export interface LeasedJob {
  id: string;
  kind: string;
  payload: string;
  batch: string | null;
  attempts: number;
}

const BATCH_AT_MOST = 100;

/** Jobs of one lease have the same number of attempts. */
const areStillHeld = (jobs: LeasedJob[]): Sql =>
  sql`id IN (${anyOf(jobs.map(({ id }) => id))}) AND attempts = ${jobs[0]!.attempts}`;

@Injectable()
export class JobsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, job: Job): Promise<void> {
    await transaction.run(sql`
      INSERT INTO jobs (id, kind, payload, unique_key, batch, state, run_at, attempts, last_error, created_at)
      VALUES (${job.id}, ${job.kind}, ${job.payload}, ${job.uniqueKey}, ${job.batch}, ${job.state},
        ${job.runAt},
        ${job.attempts}, ${job.lastError}, ${job.createdAt})`);
  }

  async insertUnlessKeyed(transaction: Transaction, job: Job): Promise<void> {
    const existing = await transaction.one(
      sql`SELECT id FROM jobs WHERE unique_key = ${job.uniqueKey}`,
    );
    if (!existing) await transaction.insert(Job, job);
  }

  async deleteUntried(transaction: Transaction, kind: string, batch: string): Promise<string[]> {
    const rows = await transaction.many<{ payload: string }>(sql`
      DELETE FROM jobs WHERE kind = ${kind} AND batch = ${batch} AND state = 'waiting' AND attempts = 0
      RETURNING payload`);
    return rows.map(({ payload }) => payload);
  }

  /**
   * Leases the job of these kinds that has been due longest, together with others of its batch, and sets `run_at` to
   * the end of the lease. A job that failed before runs alone, so that it does not fail others.
   */
  lease(kinds: string[], now: string, until: string): Promise<LeasedJob[]> {
    return this.database.transaction(async (transaction) => {
      // A materialized subquery: PostgreSQL may run a plain one again for each row, and lock more than its limit.
      const take = (which: Sql) =>
        transaction.many<LeasedJob>(sql`
          WITH due AS MATERIALIZED (
            SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= ${now} AND ${which}
            ${skipLocked(this.database.dialect)})
          UPDATE jobs SET run_at = ${until}, attempts = attempts + 1
          WHERE id IN (SELECT due.id FROM due)
          RETURNING id, kind, payload, batch, attempts`);
      const [first] = await take(sql`kind IN (${join(kinds)}) ORDER BY run_at LIMIT 1`);
      if (!first) return [];
      if (first.batch === null || first.attempts > 1) return [first];
      const others = await take(
        sql`kind = ${first.kind} AND batch = ${first.batch} AND attempts = 0 LIMIT ${BATCH_AT_MOST - 1}`,
      );
      return [first, ...others];
    });
  }

  async hasDue(kinds: string[], now: string): Promise<boolean> {
    const row = await this.database.one(
      sql`SELECT id FROM jobs
        WHERE state = 'waiting' AND run_at <= ${now} AND kind IN (${join(kinds)}) LIMIT 1`,
    );
    return row !== null;
  }

  async extendLeases(jobs: LeasedJob[], until: string): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.run(sql`UPDATE jobs SET run_at = ${until} WHERE ${areStillHeld(jobs)}`),
    );
  }

  /** Returns whether this worker still held the lease of all these jobs. */
  async remove(transaction: Transaction, jobs: LeasedJob[]): Promise<boolean> {
    const changed = await transaction.run(sql`DELETE FROM jobs WHERE ${areStillHeld(jobs)}`);
    return changed === jobs.length;
  }

  async reschedule(transaction: Transaction, job: LeasedJob, runAt: string): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE jobs SET run_at = ${runAt}, attempts = 0, last_error = NULL
      WHERE ${areStillHeld([job])}`);
    return changed === 1;
  }

  /** The jobs run again at once, as if these attempts had not been. */
  async release(jobs: LeasedJob[]): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.run(sql`
        UPDATE jobs SET run_at = ${new Date().toISOString()}, attempts = attempts - 1
        WHERE ${areStillHeld(jobs)}`),
    );
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
        WHERE ${areStillHeld([job])}`),
    );
  }

  async countDead(): Promise<number> {
    const row = await this.database.one<{ dead: number }>(
      sql`SELECT count(*) AS dead FROM jobs WHERE state = 'dead'`,
    );
    return row!.dead;
  }
}
