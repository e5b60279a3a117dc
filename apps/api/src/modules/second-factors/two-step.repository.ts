import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { RecoveryCode } from './entities/recovery-code.entity.js';
import { TwoStepLogin } from './entities/two-step-login.entity.js';

@Injectable()
export class TwoStepRepository {
  constructor(private readonly database: Database) {}

  find(userId: string, reader: Reader = this.database): Promise<TwoStepLogin | null> {
    return reader.one(sql`
      SELECT t.user_id AS "userId", t.app_secret AS "appSecret", t.last_step AS "lastStep", t.since
      FROM two_step_logins t WHERE t.user_id = ${userId}`);
  }

  async insert(transaction: Transaction, row: TwoStepLogin): Promise<void> {
    await transaction.insert(TwoStepLogin, row);
  }

  async useApp(transaction: Transaction, userId: string, appSecret: string): Promise<void> {
    await transaction.update(TwoStepLogin, { userId }, { appSecret });
  }

  /** Whether it is newer than all steps of which a code was used. */
  async useStep(transaction: Transaction, userId: string, step: number): Promise<boolean> {
    const changed = await transaction.run(sql`
      UPDATE two_step_logins SET last_step = ${step}
      WHERE user_id = ${userId} AND last_step < ${step}`);
    return changed === 1;
  }

  /** Returns whether it was there. */
  async delete(transaction: Transaction, userId: string): Promise<boolean> {
    await transaction.delete(RecoveryCode, { userId });
    return (await transaction.delete(TwoStepLogin, { userId })) > 0;
  }

  async replaceCodes(transaction: Transaction, userId: string, hashes: string[]): Promise<void> {
    await transaction.delete(RecoveryCode, { userId });
    await transaction.insert(
      RecoveryCode,
      hashes.map((codeHash) => ({ id: uuid(), userId, codeHash })),
    );
  }

  /** Whether it was there. */
  async useCode(transaction: Transaction, userId: string, codeHash: string): Promise<boolean> {
    return (await transaction.delete(RecoveryCode, { userId, codeHash })) === 1;
  }

  async countCodes(userId: string, reader: Reader = this.database): Promise<number> {
    const row = await reader.one<{ count: number }>(
      sql`SELECT count(*) AS count FROM recovery_codes WHERE user_id = ${userId}`,
    );
    return Number(row!.count);
  }
}
