import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { v7 as uuid } from 'uuid';
import { Database } from '../database/database.service.js';
import { sql, type Transaction } from '../database/statements.js';
import { invalidField, refuse } from '../http/problem.js';
import { PersonalDataRegistry } from '../personal-data/personal-data.js';
import { Jobs } from '../jobs/jobs.service.js';

const HOUR = 3600;

/** Lets clients repeat a request that creates something without creating it twice. */
@Injectable()
export class Idempotency implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly personalData: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.personalData.register({
      module: 'idempotency',
      tables: { idempotency_keys: 'only remembers for a day which requests have been answered' },
      remove: (userId) =>
        this.database.inBatches((transaction, limit) =>
          transaction.run(sql`
              DELETE FROM idempotency_keys WHERE (user_id, key) IN (
                SELECT k.user_id, k.key FROM idempotency_keys k WHERE k.user_id = ${userId} LIMIT ${limit})`),
        ),
    });
    this.jobs.handleEvery('idempotency.forget', HOUR, async () => {
      const longAgo = new Date(Date.now() - LIMITS.idempotencyKey.keptHours * HOUR * 1000);
      await this.database.inBatches((transaction, limit) =>
        transaction.run(sql`
          DELETE FROM idempotency_keys WHERE (user_id, key) IN (
            SELECT k.user_id, k.key FROM idempotency_keys k
            WHERE k.created_at < ${longAgo.toISOString()} LIMIT ${limit})`),
      );
    });
  }

  /**
   * For the first request with this key, runs `create` with a new id and returns that id; for later ones, returns the
   * same id. Without a key every request is the first.
   */
  async once(
    transaction: Transaction,
    { userId, key, request }: { userId: string; key: string | undefined; request: unknown },
    create: (id: string) => Promise<void>,
  ): Promise<string> {
    const id = uuid();
    if (key !== undefined) {
      if (!key || key.length > LIMITS.idempotencyKey.maxLength) {
        throw invalidField('Idempotency-Key', 'bad-key', { max: LIMITS.idempotencyKey.maxLength });
      }
      const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
      // Waits for a concurrent request with the same key.
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
    if (earlier.fingerprint !== fingerprint) throw refuse('key-reused');
    return earlier.madeId;
  }
}
