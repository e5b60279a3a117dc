import { Injectable } from '@nestjs/common';
import { isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { hashOf, newSecret } from '../../platform/secrets/secrets.js';
import { Calendar } from './entities/calendar.entity.js';

@Injectable()
export class CalendarsRepository {
  constructor(private readonly database: Database) {}

  find(userId: string): Promise<{ createdAt: string } | null> {
    return this.database.one(
      sql`SELECT c.created_at AS "createdAt" FROM calendars c WHERE c.user_id = ${userId}`,
    );
  }

  /** The person whose calendar has this secret, unless the account is hidden. */
  async findOwner(secret: string): Promise<string | null> {
    const row = await this.database.one<{ userId: string }>(sql`
      SELECT c.user_id AS "userId" FROM calendars c
      WHERE c.secret_hash = ${hashOf(secret)} AND ${isActive(sql`c.user_id`)}`);
    return row?.userId ?? null;
  }

  /** Makes the only secret of a person, of which only the hash is kept. */
  async renew(transaction: Transaction, userId: string, createdAt: string): Promise<string> {
    const secret = newSecret(24);
    await this.delete(transaction, userId);
    await transaction.insert(Calendar, { userId, secretHash: hashOf(secret), createdAt });
    return secret;
  }

  async delete(transaction: Transaction, userId: string): Promise<void> {
    await transaction.delete(Calendar, { userId });
  }
}
