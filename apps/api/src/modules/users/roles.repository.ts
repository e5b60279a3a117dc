import { Injectable } from '@nestjs/common';
import type { InactiveReason, Role } from '@echomate/contracts/users.dto';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  empty,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { findFewMatching } from '../../platform/database/word-index.js';
import { searchWords } from '../../platform/search-words.js';
import { User } from './entities/user.entity.js';
import { isNamed, WORDS } from './user-names.repository.js';
import { CARD, type UserCardRow } from './users.repository.js';

export type RoleRow = UserCardRow & { createdAt: string; inactive: InactiveReason | null };

export interface RoleSearch {
  question: string;
  role: Role | null;
  before: string | null;
  limit: number;
}

const PERSON = sql`${CARD}, u.created_at AS "createdAt",
  (SELECT i.reason FROM inactive_accounts i WHERE i.user_id = u.id
    ORDER BY i.reason DESC LIMIT 1) AS inactive`;

/** People as those see them who look after the site: everyone, whoever has hidden or blocked whom. */
@Injectable()
export class RolesRepository {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  async find({ question, role, before, limit }: RoleSearch): Promise<RoleRow[]> {
    const words = searchWords(question);
    const few = words.length ? await findFewMatching(this.database, WORDS, words) : null;
    if (few?.length === 0) return [];
    const conditions: Sql[] = [
      before === null ? empty : sql`AND u.id < ${before}`,
      role === null ? empty : sql`AND u.role = ${role}`,
      few === null ? empty : sql`AND u.id IN (${anyOf(few)})`,
      words.length ? sql`AND ${isNamed(words)}` : empty,
    ];
    const [isBefore, hasRole, isAmong, isCalled] = conditions as [Sql, Sql, Sql, Sql];
    return this.database.many(sql`
      SELECT ${PERSON}
      FROM users u WHERE 1 = 1 ${isBefore} ${hasRole} ${isAmong} ${isCalled}
      ORDER BY u.id DESC LIMIT ${limit}`);
  }

  findOne(id: string): Promise<RoleRow | null> {
    return this.database.one(sql`SELECT ${PERSON} FROM users u WHERE u.id = ${id}`);
  }

  async findRole(transaction: Transaction, id: string): Promise<Role | null> {
    const row = await transaction.one<{ role: Role }>(
      sql`SELECT u.role FROM users u WHERE u.id = ${id}`,
    );
    return row?.role ?? null;
  }

  /** Whether there is an active admin besides this person. */
  async hasOtherAdmin(transaction: Transaction, id: string): Promise<boolean> {
    const other = await transaction.one(sql`
      SELECT u.id FROM users u
      WHERE u.role = 'admin' AND u.id <> ${id}
        AND NOT EXISTS (SELECT 1 FROM inactive_accounts i WHERE i.user_id = u.id)
      LIMIT 1`);
    return other !== null;
  }

  async setRole(transaction: Transaction, id: string, role: Role): Promise<void> {
    await transaction.update(User, { id }, { role });
  }
}
