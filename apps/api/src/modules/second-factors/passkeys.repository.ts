import { Injectable } from '@nestjs/common';
import type { Passkey } from '@echomate/contracts/second-factors.dto';
import { Database } from '../../platform/database/database.service.js';
import { empty, sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { StoredPasskey } from './entities/passkey.entity.js';

const COLUMNS = sql`
  p.id, p.user_id AS "userId", p.credential_id AS "credentialId", p.public_key AS "publicKey", p.counter,
  p.transports, p.name, p.created_at AS "createdAt", p.last_used_at AS "lastUsedAt"`;

@Injectable()
export class PasskeysRepository {
  constructor(private readonly database: Database) {}

  /** In the order in which they were added */
  findOf(userId: string, reader: Reader = this.database): Promise<StoredPasskey[]> {
    return reader.many(
      sql`SELECT ${COLUMNS} FROM passkeys p WHERE p.user_id = ${userId} ORDER BY p.id`,
    );
  }

  findByCredential(credentialId: string): Promise<StoredPasskey | null> {
    return this.database.one(
      sql`SELECT ${COLUMNS} FROM passkeys p WHERE p.credential_id = ${credentialId}`,
    );
  }

  async isKnown(transaction: Transaction, credentialId: string): Promise<boolean> {
    return (
      (await transaction.one(
        sql`SELECT id FROM passkeys WHERE credential_id = ${credentialId}`,
      )) !== null
    );
  }

  async count(userId: string, reader: Reader = this.database): Promise<number> {
    const row = await reader.one<{ count: number }>(
      sql`SELECT count(*) AS count FROM passkeys WHERE user_id = ${userId}`,
    );
    return Number(row!.count);
  }

  async insert(transaction: Transaction, row: StoredPasskey): Promise<void> {
    await transaction.insert(StoredPasskey, row);
  }

  /** Whether it is still there and has not signed as often before. */
  async use(transaction: Transaction, id: string, counter: number, now: string): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE passkeys SET counter = ${counter}, last_used_at = ${now}
      WHERE id = ${id} AND (counter < ${counter} ${counter === 0 ? sql`OR counter = 0` : empty})`);
    return changed === 1;
  }

  /** Returns it, if it is there. */
  rename(
    transaction: Transaction,
    userId: string,
    id: string,
    name: string,
  ): Promise<Passkey | null> {
    return transaction.one(sql`
      UPDATE passkeys SET name = ${name} WHERE id = ${id} AND user_id = ${userId}
      RETURNING id, name, created_at AS "createdAt", last_used_at AS "lastUsedAt"`);
  }

  /** Returns its name, if it was there. */
  async delete(transaction: Transaction, userId: string, id: string): Promise<string | null> {
    const row = await transaction.one<{ name: string }>(
      sql`DELETE FROM passkeys WHERE id = ${id} AND user_id = ${userId} RETURNING name`,
    );
    return row?.name ?? null;
  }

  deleteOf(transaction: Transaction, userId: string): Promise<number> {
    return transaction.delete(StoredPasskey, { userId });
  }

  /** Whether nobody has answered it yet. */
  async useChallenge(
    transaction: Transaction,
    challenge: string,
    expiresAt: string,
  ): Promise<boolean> {
    const added = await transaction.run(sql`
      INSERT INTO used_challenges (challenge, expires_at) VALUES (${challenge}, ${expiresAt})
      ON CONFLICT DO NOTHING`);
    return added === 1;
  }

  forgetChallenges(transaction: Transaction, before: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM used_challenges WHERE challenge IN (
        SELECT u.challenge FROM used_challenges u WHERE u.expires_at < ${before}
        ORDER BY u.expires_at LIMIT ${limit})`);
  }
}
