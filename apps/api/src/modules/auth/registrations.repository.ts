import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { Registration } from './entities/registration.entity.js';

@Injectable()
export class RegistrationsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, registration: Registration): Promise<void> {
    await transaction.insert(Registration, registration);
  }

  find(id: string, reader: Reader = this.database): Promise<Registration | null> {
    return reader.one(sql`
      SELECT id, email, password_hash AS "passwordHash", browser_hash AS "browserHash", profile,
        created_at AS "createdAt", expires_at AS "expiresAt"
      FROM registrations WHERE id = ${id}`);
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
        SELECT id, email, expires_at FROM registrations
        WHERE browser_hash = ${browserHash} ORDER BY id DESC LIMIT 1) AS newest
      WHERE expires_at > ${now}`);
  }

  findNewestOf(
    email: string,
    now: string,
  ): Promise<Pick<Registration, 'id' | 'passwordHash'> | null> {
    return this.database.one(sql`
      SELECT id, password_hash AS "passwordHash" FROM (
        SELECT id, password_hash, expires_at FROM registrations
        WHERE email = ${email} ORDER BY id DESC LIMIT 1) AS newest
      WHERE expires_at > ${now}`);
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
