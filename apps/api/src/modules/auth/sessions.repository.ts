import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  empty,
  named,
  sql,
  Statement,
  type Reader,
  type Transaction,
} from '../../platform/database/statements.js';
import { Session } from './entities/session.entity.js';

export type EndedSession = Pick<Session, 'id' | 'userId'>;

const RETURNING = sql`RETURNING id, user_id AS "userId"`;

const BY_TOKEN = sql`
  SELECT id, user_id AS "userId", device, last_seen_at AS "lastSeenAt", expires_at AS "expiresAt"
  FROM sessions WHERE token_hash = ${named('tokenHash')} AND expires_at > ${named('now')}`;

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  findByToken(
    tokenHash: string,
    now: string,
  ): Promise<Omit<Session, 'tokenHash' | 'createdAt'> | null> {
    return this.database.one(new Statement(BY_TOKEN, { tokenHash, now }));
  }

  /** Newest first. */
  findOfUser(
    userId: string,
    before: string | null,
    limit: number,
    now: string,
  ): Promise<Session[]> {
    return this.database.many(sql`
      SELECT id, device, created_at AS "createdAt", last_seen_at AS "lastSeenAt"
      FROM sessions
      WHERE user_id = ${userId} AND expires_at > ${now} ${before ? sql`AND id < ${before}` : empty}
      ORDER BY id DESC LIMIT ${limit}`);
  }

  async exists(reader: Reader, id: string): Promise<boolean> {
    return (await reader.one(sql`SELECT id FROM sessions WHERE id = ${id}`)) !== null;
  }

  async findOpen(ids: string[], now: string): Promise<Set<string>> {
    if (!ids.length) return new Set();
    const rows = await this.database.many<{ id: string }>(
      sql`SELECT id FROM sessions WHERE id IN (${anyOf(ids)}) AND expires_at > ${now}`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  async insert(transaction: Transaction, session: Session): Promise<void> {
    await transaction.insert(Session, session);
  }

  /** Replaces the session's secret; false if the session has ended. */
  async renew(
    transaction: Transaction,
    { id, ...values }: Pick<Session, 'id' | 'tokenHash' | 'createdAt' | 'lastSeenAt' | 'expiresAt'>,
  ): Promise<boolean> {
    return (await transaction.update(Session, { id }, values)) === 1;
  }

  async markSeen(id: string, now: string): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.update(Session, { id }, { lastSeenAt: now }),
    );
  }

  /** Only `SessionsService` may call these, because it publishes what they delete. */
  deleteByToken(transaction: Transaction, tokenHash: string): Promise<EndedSession[]> {
    return transaction.many(sql`DELETE FROM sessions WHERE token_hash = ${tokenHash} ${RETURNING}`);
  }

  deleteOfUser(transaction: Transaction, userId: string, id: string): Promise<EndedSession[]> {
    return transaction.many(
      sql`DELETE FROM sessions WHERE id = ${id} AND user_id = ${userId} ${RETURNING}`,
    );
  }

  deleteAllOfUser(
    transaction: Transaction,
    userId: string,
    except: string | null,
  ): Promise<EndedSession[]> {
    return transaction.many(sql`
      DELETE FROM sessions WHERE user_id = ${userId} ${except ? sql`AND id <> ${except}` : empty}
      ${RETURNING}`);
  }

  deleteExpired(transaction: Transaction, now: string, limit: number): Promise<EndedSession[]> {
    return transaction.many(sql`
      DELETE FROM sessions WHERE id IN (
        SELECT e.id FROM sessions e WHERE e.expires_at <= ${now} LIMIT ${limit})
      ${RETURNING}`);
  }
}
