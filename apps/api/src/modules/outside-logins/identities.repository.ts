import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import type { OutsideIdentity } from '../auth/auth.domain-events.js';
import { Identity } from './entities/identity.entity.js';

/** More than anybody has; there is one per site. */
const MOST = 100;

const COLUMNS = sql`
  id, issuer, subject, user_id AS "userId", registration_id AS "registrationId",
  created_at AS "createdAt", last_used_at AS "lastUsedAt"`;

type Owner = { userId: string } | { registrationId: string };

@Injectable()
export class IdentitiesRepository {
  constructor(private readonly database: Database) {}

  find(
    { issuer, subject }: OutsideIdentity,
    reader: Reader = this.database,
  ): Promise<Identity | null> {
    return reader.one(sql`
      SELECT ${COLUMNS} FROM identities WHERE issuer = ${issuer} AND subject = ${subject}`);
  }

  findOfUser(userId: string): Promise<Identity[]> {
    return this.database.many(sql`
      SELECT ${COLUMNS} FROM identities WHERE user_id = ${userId} ORDER BY id LIMIT ${MOST}`);
  }

  /** False if it is somebody's already. */
  async insert(
    transaction: Transaction,
    { issuer, subject }: OutsideIdentity,
    owner: Owner,
  ): Promise<boolean> {
    const now = new Date().toISOString();
    const { userId, registrationId } = { userId: null, registrationId: null, ...owner };
    const inserted = await transaction.run(sql`
      INSERT INTO identities (id, issuer, subject, user_id, registration_id, created_at, last_used_at)
      VALUES (${uuid()}, ${issuer}, ${subject}, ${userId}, ${registrationId}, ${now}, ${now})
      ON CONFLICT (issuer, subject) DO NOTHING`);
    return inserted === 1;
  }

  /** Whoever waits for an admin with it has found another way in. */
  async deleteWaiting(
    transaction: Transaction,
    { issuer, subject }: OutsideIdentity,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM identities
      WHERE issuer = ${issuer} AND subject = ${subject} AND registration_id IS NOT NULL`);
  }

  /** False if it opens this account no longer. */
  async markUsed(
    transaction: Transaction,
    { issuer, subject }: OutsideIdentity,
    userId: string,
  ): Promise<boolean> {
    const now = new Date().toISOString();
    return (
      (await transaction.update(Identity, { issuer, subject, userId }, { lastUsedAt: now })) === 1
    );
  }

  async giveToUser(
    transaction: Transaction,
    registrationId: string,
    userId: string,
  ): Promise<void> {
    await transaction.update(Identity, { registrationId }, { userId, registrationId: null });
  }

  delete(transaction: Transaction, id: string, userId: string): Promise<Identity | null> {
    return transaction.one(sql`
      DELETE FROM identities WHERE id = ${id} AND user_id = ${userId} RETURNING ${COLUMNS}`);
  }

  async deleteAllOf(transaction: Transaction, userId: string): Promise<void> {
    await transaction.delete(Identity, { userId });
  }
}
