import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import {
  empty,
  sql,
  type Reader,
  type Transaction,
} from '../../../platform/database/statements.js';
import { Program } from './entities/program.entity.js';

export type ProgramRow = Omit<Program, 'tokenHash'>;
export type EndedProgram = Pick<Program, 'id' | 'userId' | 'kind'>;

const COLUMNS = sql`
  p.id, p.user_id AS "userId", p.kind, p.name, p.scopes, p.created_at AS "createdAt",
  p.last_used_at AS "lastUsedAt", p.ends_at AS "endsAt"`;

const RETURNING = sql`RETURNING id, user_id AS "userId", kind`;

@Injectable()
export class ProgramsRepository {
  constructor(private readonly database: Database) {}

  findByToken(tokenHash: string, now: string): Promise<ProgramRow | null> {
    return this.database.one(sql`
      SELECT ${COLUMNS} FROM programs p
      WHERE p.token_hash = ${tokenHash} AND p.kind = 'token' AND p.ends_at > ${now}`);
  }

  /** One that has logged in, and is open. */
  findOpen(id: string, now: string): Promise<ProgramRow | null> {
    return this.database.one(sql`
      SELECT ${COLUMNS} FROM programs p
      WHERE p.id = ${id} AND p.kind = 'login' AND p.ends_at > ${now}`);
  }

  /** Newest first. */
  findOfUser(
    userId: string,
    before: string | null,
    limit: number,
    now: string,
  ): Promise<ProgramRow[]> {
    return this.database.many(sql`
      SELECT ${COLUMNS} FROM programs p
      WHERE p.user_id = ${userId} AND p.ends_at > ${now}
        ${before ? sql`AND p.id < ${before}` : empty}
      ORDER BY p.id DESC LIMIT ${limit}`);
  }

  findIds(
    reader: Reader,
    { userId, kind }: Pick<Program, 'userId' | 'kind'>,
    now: string,
  ): Promise<{ id: string }[]> {
    return reader.many(sql`
      SELECT p.id FROM programs p
      WHERE p.user_id = ${userId} AND p.kind = ${kind} AND p.ends_at > ${now}
      ORDER BY COALESCE(p.last_used_at, p.created_at) DESC`);
  }

  async insert(transaction: Transaction, program: Program): Promise<void> {
    await transaction.insert(Program, program);
  }

  /** Replaces the refresh token; of several that use the same one, only one gets true. */
  async rotate(
    transaction: Transaction,
    { id, from, to, now, endsAt }: Record<'id' | 'from' | 'to' | 'now' | 'endsAt', string>,
  ): Promise<boolean> {
    const rotated = await transaction.run(sql`
      UPDATE programs SET token_hash = ${to}, last_used_at = ${now}, ends_at = ${endsAt}
      WHERE id = ${id} AND token_hash = ${from} AND ends_at > ${now}`);
    return rotated === 1;
  }

  async markUsed(id: string, now: string): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.update(Program, { id }, { lastUsedAt: now }),
    );
  }

  delete(transaction: Transaction, id: string): Promise<EndedProgram[]> {
    return transaction.many(sql`DELETE FROM programs WHERE id = ${id} ${RETURNING}`);
  }

  deleteByToken(transaction: Transaction, tokenHash: string): Promise<EndedProgram[]> {
    return transaction.many(sql`DELETE FROM programs WHERE token_hash = ${tokenHash} ${RETURNING}`);
  }

  deleteOfUser(transaction: Transaction, userId: string, id: string): Promise<EndedProgram[]> {
    return transaction.many(
      sql`DELETE FROM programs WHERE id = ${id} AND user_id = ${userId} ${RETURNING}`,
    );
  }

  async deleteAllOfUser(transaction: Transaction, userId: string): Promise<void> {
    await transaction.delete(Program, { userId });
  }

  /** Returns how many it deleted, at most `limit`. */
  deleteEnded(transaction: Transaction, now: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM programs WHERE id IN (
        SELECT e.id FROM programs e WHERE e.ends_at <= ${now} LIMIT ${limit})`);
  }
}
