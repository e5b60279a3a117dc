import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { Registration } from './entities/registration.entity.js';

const COLUMNS = sql`
  id, email, password_hash AS "passwordHash", browser_hash AS "browserHash", profile,
  invitation_id AS "invitationId", words, confirmed_at AS "confirmedAt",
  created_at AS "createdAt", expires_at AS "expiresAt"`;

/** A badge shows no more. */
const COUNTED = 100;

@Injectable()
export class RegistrationsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, registration: Registration): Promise<void> {
    await transaction.insert(Registration, registration);
  }

  find(id: string, reader: Reader = this.database): Promise<Registration | null> {
    return reader.one(sql`
      SELECT ${COLUMNS} FROM registrations WHERE id = ${id}`);
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Registration, { id });
  }

  /** The newest that this browser sent or proved to know the password of. */
  findOfBrowser(
    reader: Reader,
    browserHash: string,
    now: string,
  ): Promise<Pick<Registration, 'id' | 'email'> | null> {
    return reader.one(sql`
      SELECT id, email FROM (
        SELECT id, email, expires_at, confirmed_at FROM registrations
        WHERE browser_hash = ${browserHash} ORDER BY id DESC LIMIT 1) AS newest
      WHERE expires_at > ${now} AND confirmed_at IS NULL`);
  }

  /** The one that waits for an admin, or else the newest. */
  async findNewestOf(
    email: string,
    now: string,
  ): Promise<Pick<Registration, 'id' | 'passwordHash' | 'confirmedAt'> | null> {
    const found = await this.database.many<
      Pick<Registration, 'id' | 'passwordHash' | 'confirmedAt'>
    >(sql`
      SELECT id, password_hash AS "passwordHash", confirmed_at AS "confirmedAt"
      FROM registrations WHERE email = ${email} AND confirmed_at IS NOT NULL
      UNION ALL
      SELECT id, password_hash AS "passwordHash", confirmed_at AS "confirmedAt" FROM (
        SELECT id, password_hash, expires_at, confirmed_at FROM registrations
        WHERE email = ${email} ORDER BY id DESC LIMIT 1) AS newest
      WHERE expires_at > ${now}`);
    return found.find(({ confirmedAt }) => confirmedAt !== null) ?? found[0] ?? null;
  }

  findWaiting(after: string | null, limit: number): Promise<Registration[]> {
    return this.database.many(sql`
      SELECT ${COLUMNS} FROM registrations
      WHERE confirmed_at IS NOT NULL AND ${after === null ? sql`1 = 1` : sql`id > ${after}`}
      ORDER BY id LIMIT ${limit}`);
  }

  findWaitingOf(transaction: Transaction, email: string): Promise<Pick<Registration, 'id'>[]> {
    return transaction.many(sql`
      SELECT id FROM registrations WHERE email = ${email} AND confirmed_at IS NOT NULL`);
  }

  async countWaiting(): Promise<number> {
    const row = await this.database.one<{ waiting: number | string }>(sql`
      SELECT count(*) AS waiting FROM (
        SELECT id FROM registrations WHERE confirmed_at IS NOT NULL LIMIT ${COUNTED}) AS counted`);
    return Number(row!.waiting);
  }

  async update(
    transaction: Transaction,
    id: string,
    changes: Partial<Registration>,
  ): Promise<void> {
    await transaction.update(Registration, { id }, changes);
  }

  findExpired(reader: Reader, now: string, limit: number): Promise<Pick<Registration, 'id'>[]> {
    return reader.many(sql`
      SELECT id FROM registrations WHERE expires_at <= ${now} LIMIT ${limit}`);
  }
}
