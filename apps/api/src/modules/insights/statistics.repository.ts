import { Injectable } from '@nestjs/common';
import { isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { databaseSize } from '../../platform/database/dialect.js';
import { anyOf, join, raw, sql, type Transaction } from '../../platform/database/statements.js';
import { ActiveDay, type CreatedKind, type SiteSumKind } from './entities/statistics.entity.js';
import { isCounted } from './visit-counting.repository.js';

export interface SiteSumRow {
  quarter: number;
  count: number;
}

interface Here {
  userId: string;
  day: string;
}

const TABLES = { registrations: raw('users'), posts: raw('posts'), messages: raw('messages') };

/** More jobs than that are not counted. */
const MOST_JOBS = 10_000;

@Injectable()
export class StatisticsRepository {
  constructor(private readonly database: Database) {}

  // ——— people who are here

  async insertActive(transaction: Transaction, userIds: string[], day: string): Promise<void> {
    await transaction.run(sql`
      INSERT INTO active_people (user_id, day)
      SELECT u.id, ${day} FROM users u WHERE u.id IN (${anyOf(userIds)}) AND ${isActive(sql`u.id`)} AND ${isCounted(sql`u.id`)}
      ON CONFLICT (user_id, day) DO NOTHING`);
  }

  findActive(after: Here, limit: number): Promise<Here[]> {
    return this.database.many(sql`
      SELECT a.user_id AS "userId", a.day FROM active_people a
      WHERE (a.user_id, a.day) > (${after.userId}, ${after.day})
      ORDER BY a.user_id, a.day LIMIT ${limit}`);
  }

  async forgetActive(transaction: Transaction, userIds: string[], before: string): Promise<void> {
    await transaction.run(sql`
      DELETE FROM active_people WHERE user_id IN (${anyOf(userIds)}) AND day < ${before}`);
  }

  async saveDay(transaction: Transaction, { day, ...counts }: ActiveDay): Promise<void> {
    const changed = await transaction.update(ActiveDay, { day }, counts);
    if (!changed) await transaction.insert(ActiveDay, { day, ...counts });
  }

  findDays(from: string): Promise<ActiveDay[]> {
    return this.database.many(sql`
      SELECT d.day, d.people, d.people_of_week AS "peopleOfWeek" FROM active_days d
      WHERE d.day >= ${from} ORDER BY d.day`);
  }

  // ——— what is made

  async findPosition(kind: CreatedKind): Promise<string | null> {
    const row = await this.database.one<{ countedUpTo: string }>(
      sql`SELECT p.counted_up_to AS "countedUpTo" FROM site_positions p WHERE p.kind = ${kind}`,
    );
    return row?.countedUpTo ?? null;
  }

  async findCreated(
    kind: CreatedKind,
    after: string,
    before: string,
    limit: number,
  ): Promise<string[]> {
    return this.database.ids(sql`
      SELECT t.id FROM ${TABLES[kind]} t WHERE t.id > ${after} AND t.id < ${before} ORDER BY t.id LIMIT ${limit}`);
  }

  /** False if somebody else has counted on meanwhile: then nothing may be added. */
  async moveOn(
    transaction: Transaction,
    kind: CreatedKind,
    from: string | null,
    upTo: string,
  ): Promise<boolean> {
    const changed =
      from === null
        ? await transaction.run(sql`
            INSERT INTO site_positions (kind, counted_up_to) VALUES (${kind}, ${upTo})
            ON CONFLICT (kind) DO NOTHING`)
        : await transaction.run(sql`
            UPDATE site_positions SET counted_up_to = ${upTo}
            WHERE kind = ${kind} AND counted_up_to = ${from}`);
    return changed === 1;
  }

  async addSums(
    transaction: Transaction,
    kind: SiteSumKind,
    counts: Map<number, number>,
  ): Promise<void> {
    const rows = [...counts].map(([quarter, count]) => sql`(${kind}, ${quarter}, ${count})`);
    if (!rows.length) return;
    await transaction.run(sql`
      INSERT INTO site_sums (kind, quarter, count) VALUES ${join(rows)}
      ON CONFLICT (kind, quarter) DO UPDATE SET count = site_sums.count + excluded.count`);
  }

  findSums(kind: SiteSumKind, from: number, limit: number): Promise<SiteSumRow[]> {
    return this.database.many(sql`
      SELECT s.quarter, s.count FROM site_sums s WHERE s.kind = ${kind} AND s.quarter >= ${from}
      ORDER BY s.quarter LIMIT ${limit}`);
  }

  // ——— what there is

  async countPeople(): Promise<number> {
    const row = await this.database.one<{ count: number }>(
      sql`SELECT count(*) AS count FROM users`,
    );
    return Number(row!.count);
  }

  findMedia(after: string, limit: number): Promise<{ id: string; bytes: number }[]> {
    return this.database.many(sql`
      SELECT m.id, m.bytes FROM media m WHERE m.id > ${after} ORDER BY m.id LIMIT ${limit}`);
  }

  async saveMediaBytes(transaction: Transaction, amount: number): Promise<void> {
    await transaction.run(sql`
      INSERT INTO site_totals (kind, amount) VALUES ('media', ${amount})
      ON CONFLICT (kind) DO UPDATE SET amount = excluded.amount`);
  }

  async mediaBytes(): Promise<number> {
    const row = await this.database.one<{ amount: number }>(
      sql`SELECT t.amount FROM site_totals t WHERE t.kind = 'media'`,
    );
    return Number(row?.amount ?? 0);
  }

  async databaseBytes(): Promise<number> {
    const row = await this.database.one<{ bytes: number }>(databaseSize(this.database.dialect));
    return Number(row!.bytes);
  }

  async countDueJobs(now: string): Promise<number> {
    const row = await this.database.one<{ count: number }>(sql`
      SELECT count(*) AS count FROM (
        SELECT 1 FROM jobs WHERE state = 'waiting' AND run_at <= ${now} LIMIT ${MOST_JOBS}) AS due`);
    return Number(row!.count);
  }

  async findFailedJobs(): Promise<{ kind: string; count: number }[]> {
    const rows = await this.database.many<{ kind: string; count: number }>(sql`
      SELECT failed.kind, count(*) AS count FROM (
        SELECT j.kind FROM jobs j WHERE j.state = 'dead' LIMIT ${MOST_JOBS}) AS failed
      GROUP BY failed.kind ORDER BY failed.kind`);
    return rows.map(({ kind, count }) => ({ kind, count: Number(count) }));
  }
}
