import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { v7 as uuid } from 'uuid';
import { Database } from '../database/database.service.js';
import { sql, type Transaction } from '../database/statements.js';
import { invalidField, refuse } from '../http/problem.js';
import { Jobs } from '../jobs/jobs.service.js';

const HOUR = 3600;
const FORGOTTEN_AT_ONCE = 500;

/** Lets a request that creates something be sent again without creating it twice. */
@Injectable()
export class Idempotency implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('idempotency.forget', HOUR, async () => {
      const longAgo = new Date(Date.now() - LIMITS.idempotencyKey.keptHours * HOUR * 1000);
      for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE;)
        forgotten = await this.database.transaction((transaction) =>
          transaction.run(sql`
            DELETE FROM idempotency_keys WHERE (user_id, key) IN (
              SELECT k.user_id, k.key FROM idempotency_keys k
              WHERE k.created_at < ${longAgo.toISOString()} LIMIT ${FORGOTTEN_AT_ONCE})`),
        );
    });
  }

  /**
   * Runs `create` with a new id for the first request with this key, and answers that id; for every later one it
   * answers the same id. Without a key every request is the first.
   */
  async once(
    transaction: Transaction,
    { userId, key, request }: { userId: string; key: string | undefined; request: unknown },
    create: (id: string) => Promise<void>,
  ): Promise<string> {
    const id = uuid();
    if (key !== undefined) {
      if (!key || key.length > LIMITS.idempotencyKey.maxLength) {
        throw invalidField(
          'Idempotency-Key',
          `Use 1 to ${LIMITS.idempotencyKey.maxLength} characters.`,
        );
      }
      const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
      // Waits for a request with the same key that is still at work.
      const isFirst = await transaction.run(sql`
        INSERT INTO idempotency_keys (user_id, key, fingerprint, made_id, created_at)
        VALUES (${userId}, ${key}, ${fingerprint}, ${id}, ${new Date().toISOString()})
        ON CONFLICT DO NOTHING`);
      if (!isFirst) return this.madeBefore(transaction, userId, key, fingerprint);
    }
    await create(id);
    return id;
  }

  private async madeBefore(
    transaction: Transaction,
    userId: string,
    key: string,
    fingerprint: string,
  ): Promise<string> {
    const earlier = (await transaction.one<{ fingerprint: string; madeId: string }>(sql`
      SELECT fingerprint, made_id AS "madeId" FROM idempotency_keys
      WHERE user_id = ${userId} AND key = ${key}`))!;
    if (earlier.fingerprint !== fingerprint)
      throw refuse('conflict', 'This Idempotency-Key was used for another request.');
    return earlier.madeId;
  }
}
