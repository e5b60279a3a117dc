import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { EmailToken, type EmailTokenPurpose } from './entities/email-token.entity.js';

const HOURS: Record<EmailTokenPurpose, number> = {
  registration: 48,
  'email-change': 48,
  'password-reset': 1,
};

export type UsedToken = Pick<EmailToken, 'purpose' | 'subjectId' | 'email'>;

const hashOf = (token: string) => hash('sha256', token, 'base64url');

@Injectable()
export class EmailTokensRepository {
  constructor(private readonly database: Database) {}

  /** Makes a secret for a mail. Only its hash is kept. */
  async issue(purpose: EmailTokenPurpose, subjectId: string, email: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + HOURS[purpose] * 3600_000).toISOString();
    await this.database.transaction((transaction) =>
      transaction.insert(EmailToken, {
        id: uuid(),
        purpose,
        subjectId,
        email,
        tokenHash: hashOf(token),
        expiresAt,
      }),
    );
    return token;
  }

  async isLive(token: string, purpose: EmailTokenPurpose, now: string): Promise<boolean> {
    const row = await this.database.one(sql`
      SELECT id FROM email_tokens
      WHERE token_hash = ${hashOf(token)} AND purpose = ${purpose} AND expires_at > ${now}`);
    return row !== null;
  }

  /** Of any number who use a token at once, one gets it; every sibling for the same purpose ends with it. */
  async use(
    transaction: Transaction,
    token: string,
    purposes: EmailTokenPurpose[],
    now: string,
  ): Promise<UsedToken | null> {
    const used = await transaction.one<UsedToken>(sql`
      DELETE FROM email_tokens WHERE token_hash = ${hashOf(token)} AND expires_at > ${now}
      RETURNING purpose, subject_id AS "subjectId", email`);
    if (!used || !purposes.includes(used.purpose)) return null;
    await this.deleteOf(transaction, used.purpose, used.subjectId);
    return used;
  }

  async deleteOf(
    transaction: Transaction,
    purpose: EmailTokenPurpose,
    subjectId: string,
  ): Promise<void> {
    await transaction.run(
      sql`DELETE FROM email_tokens WHERE purpose = ${purpose} AND subject_id = ${subjectId}`,
    );
  }

  async deleteExpired(transaction: Transaction, now: string): Promise<void> {
    await transaction.run(sql`DELETE FROM email_tokens WHERE expires_at <= ${now}`);
  }
}
