import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { join, sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { hashOf, newSecret } from '../../platform/secrets/secrets.js';
import { EmailToken, type EmailTokenPurpose } from './entities/email-token.entity.js';

const HOURS: Record<EmailTokenPurpose, number> = {
  registration: 48,
  'email-change': 48,
  'password-reset': 1,
  'email-return': 7 * 24,
};

export type NewToken = Pick<EmailToken, 'purpose' | 'subjectId' | 'email' | 'credentialsVersion'>;
export type LiveToken = NewToken & Pick<EmailToken, 'id' | 'expiresAt'>;

const COLUMNS = sql`
  id, purpose, subject_id AS "subjectId", email, credentials_version AS "credentialsVersion",
  expires_at AS "expiresAt"`;

@Injectable()
export class EmailTokensRepository {
  constructor(private readonly database: Database) {}

  /** Makes the secret for a link and stores only its hash. */
  async issue(
    transaction: Transaction,
    { purpose, subjectId, email, credentialsVersion }: NewToken,
    expiresAt = new Date(Date.now() + HOURS[purpose] * 3600_000).toISOString(),
  ): Promise<string> {
    const token = newSecret();
    await transaction.insert(EmailToken, {
      id: uuid(),
      purpose,
      subjectId,
      email,
      credentialsVersion,
      tokenHash: hashOf(token),
      expiresAt,
    });
    return token;
  }

  find(token: string, purposes: EmailTokenPurpose[], now: string): Promise<LiveToken | null> {
    return this.database.one(sql`
      SELECT ${COLUMNS} FROM email_tokens
      WHERE token_hash = ${hashOf(token)} AND purpose IN (${join(purposes)}) AND expires_at > ${now}`);
  }

  async exists(transaction: Transaction, { id }: LiveToken): Promise<boolean> {
    return (await transaction.one(sql`SELECT id FROM email_tokens WHERE id = ${id}`)) !== null;
  }

  /** Returns true for only one of several concurrent uses of a token. */
  async use(transaction: Transaction, { id }: LiveToken, now: string): Promise<boolean> {
    return (
      (await transaction.run(
        sql`DELETE FROM email_tokens WHERE id = ${id} AND expires_at > ${now}`,
      )) === 1
    );
  }

  /** An address that an account was moved away from stays reserved while a link can move the account back. */
  findReturn(email: string, now: string, reader: Reader): Promise<LiveToken | null> {
    return reader.one(sql`
      SELECT ${COLUMNS} FROM email_tokens
      WHERE purpose = 'email-return' AND email = ${email} AND expires_at > ${now}
      ORDER BY expires_at DESC LIMIT 1`);
  }

  /** Links that were mailed for a registration. */
  async deleteOfRegistration(transaction: Transaction, id: string): Promise<void> {
    await transaction.run(sql`
      DELETE FROM email_tokens WHERE purpose = 'registration' AND subject_id = ${id}`);
  }

  /** All links that depend on the account's credentials. */
  async deleteOfUser(transaction: Transaction, userId: string): Promise<void> {
    await transaction.run(sql`
      DELETE FROM email_tokens
      WHERE purpose IN ('email-change', 'password-reset') AND subject_id = ${userId}`);
  }

  /** Deletes the tokens of an account that is removed, so that no address is kept for it any longer. */
  async deleteAllOf(transaction: Transaction, userId: string): Promise<void> {
    await transaction.run(sql`DELETE FROM email_tokens WHERE subject_id = ${userId}`);
  }

  /** The links back to this address and to later ones; older ones lead to earlier owners. */
  async deleteReturnsFrom(
    transaction: Transaction,
    { subjectId, expiresAt }: LiveToken,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM email_tokens
      WHERE purpose = 'email-return' AND subject_id = ${subjectId} AND expires_at >= ${expiresAt}`);
  }

  /** Returns how many it deleted, at most `limit`. */
  deleteExpired(transaction: Transaction, now: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM email_tokens WHERE id IN (
        SELECT e.id FROM email_tokens e WHERE e.expires_at <= ${now} LIMIT ${limit})`);
  }
}
