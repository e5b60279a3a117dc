import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { anyOf, sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { Import, ImportedThing, type Tally, type ThingKind } from './entities/import.entity.js';

const COLUMNS = sql`
  i.id, i.user_id AS "userId", i.state, i.fault, i.fault_file AS "faultFile", i.origin, i.name, i.total,
  i.tally, i.created_at AS "createdAt", i.finished_at AS "finishedAt"`;

@Injectable()
export class ImportsRepository {
  constructor(private readonly database: Database) {}

  findNewest(userId: string, reader: Reader = this.database): Promise<Import | null> {
    return reader.one(
      sql`SELECT ${COLUMNS} FROM imports i WHERE i.user_id = ${userId} ORDER BY i.id DESC LIMIT 1`,
    );
  }

  find(id: string, reader: Reader = this.database): Promise<Import | null> {
    return reader.one(sql`SELECT ${COLUMNS} FROM imports i WHERE i.id = ${id}`);
  }

  async countSince(reader: Reader, userId: string, since: string): Promise<number> {
    const row = await reader.one<{ count: number }>(
      sql`SELECT count(*) AS count FROM imports i WHERE i.user_id = ${userId} AND i.created_at > ${since}`,
    );
    return Number(row!.count);
  }

  async insert(transaction: Transaction, row: Import): Promise<void> {
    await transaction.insert(Import, row);
  }

  /** Returns whether it is still there. */
  async update(transaction: Transaction, id: string, values: Partial<Import>): Promise<boolean> {
    return (await transaction.update(Import, { id }, values)) === 1;
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Import, { id });
  }

  /** Imports that have waited for their file since before this moment: the process that received it has died. */
  async failSomeReceivedBefore(
    transaction: Transaction,
    before: string,
    limit: number,
  ): Promise<string[]> {
    return transaction.ids(sql`
      UPDATE imports SET state = 'failed' WHERE state = 'receiving' AND id IN (
        SELECT i.id FROM imports i WHERE i.state = 'receiving' AND i.created_at < ${before}
        ORDER BY i.created_at LIMIT ${limit})
      RETURNING id`);
  }

  /** Returns the ids of those it deleted. */
  async deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<string[]> {
    return transaction.ids(sql`
      DELETE FROM imports WHERE id IN (
        SELECT i.id FROM imports i WHERE i.user_id = ${userId} ORDER BY i.id LIMIT ${limit})
      RETURNING id`);
  }

  // ——— what has come

  async findLocal(
    userId: string,
    origin: string,
    kind: ThingKind,
    originalIds: string[],
    reader: Reader = this.database,
  ): Promise<Map<string, string | null>> {
    if (!originalIds.length) return new Map();
    const rows = await reader.many<{ originalId: string; localId: string | null }>(sql`
      SELECT t.original_id AS "originalId", t.local_id AS "localId" FROM imported_things t
      WHERE t.user_id = ${userId} AND t.origin = ${origin} AND t.kind = ${kind}
        AND t.original_id IN (${anyOf(originalIds)})`);
    return new Map(rows.map(({ originalId, localId }) => [originalId, localId]));
  }

  /** Counts it too. The caller holds the lock of the user. */
  async insertThing(transaction: Transaction, thing: ImportedThing): Promise<void> {
    await transaction.insert(ImportedThing, thing);
    const row = await this.find(thing.importId, transaction);
    if (!row) return;
    const tally = counted(JSON.parse(row.tally) as Tally[], thing);
    await this.update(transaction, row.id, { tally: JSON.stringify(tally) });
  }

  deleteSomeThingsOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM imported_things WHERE id IN (
        SELECT t.id FROM imported_things t WHERE t.user_id = ${userId} LIMIT ${limit})`);
  }
}

function counted(tally: Tally[], { kind, leftOut, isNarrowed }: ImportedThing): Tally[] {
  const isSame = (one: Tally) =>
    one.kind === kind && one.leftOut === leftOut && one.isNarrowed === isNarrowed;
  const others = tally.filter((one) => !isSame(one));
  const count = (tally.find(isSame)?.count ?? 0) + 1;
  return [...others, { kind, leftOut, isNarrowed, count }];
}
