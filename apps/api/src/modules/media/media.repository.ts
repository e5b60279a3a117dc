import { Injectable } from '@nestjs/common';
import type { MediaKind } from '@echomate/contracts/media.dto';
import { canSeeMedia } from '../../access/media.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyNamed,
  anyOf,
  join,
  named,
  raw,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Transaction,
} from '../../platform/database/statements.js';
import { Medium, type AttachedKind } from './entities/medium.entity.js';
import type { MediumRow } from './media.mapper.js';

export interface MediaSubject {
  kind: AttachedKind;
  id: string;
}

export type VisibleRow = MediumRow & Pick<Medium, 'ownerId' | 'attachedKind'>;

const SHOWN = sql`
  m.id, m.kind, m.status, m.width, m.height, m.duration_ms AS "durationMs", m.placeholder, m.alt`;

const medium = {
  ownerId: sql`m.owner_id`,
  status: sql`m.status`,
  attachedKind: sql`m.attached_kind`,
  attachedId: sql`m.attached_id`,
};

const viewer = named('viewer');

const ATTACHED = shaped(
  (size: number) => sql`
    SELECT ${SHOWN}, m.attached_id AS "attachedId" FROM media m
    WHERE m.attached_id IN (${anyNamed('ids', size)}) AND m.attached_kind = ${named('kind')}
      AND ${canSeeMedia(viewer, medium)}
    ORDER BY m.attached_id, m.position`,
);

@Injectable()
export class MediaRepository {
  constructor(private readonly database: Database) {}

  findVisible(
    viewerId: string,
    id: string,
    reader: Reader = this.database,
  ): Promise<VisibleRow | null> {
    return reader.one(sql`
      SELECT ${SHOWN}, m.owner_id AS "ownerId", m.attached_kind AS "attachedKind"
      FROM media m
      WHERE m.id = ${id} AND ${canSeeMedia(sql`${viewerId}`, medium)}`);
  }

  /**
   * In the order in which each thing shows them: one statement for a page of things. It asks the rule itself: what
   * is attached may be newer than the reading of the things.
   */
  findAttached(
    viewerId: string,
    kind: AttachedKind,
    ids: string[],
    reader: Reader = this.database,
  ): Promise<(MediumRow & { attachedId: string })[]> {
    return reader.many(new Statement(ATTACHED(sizeOf(ids)), { viewer: viewerId, kind, ids }));
  }

  async isAnyAttached(reader: Reader, { kind, id }: MediaSubject): Promise<boolean> {
    const row = await reader.one(
      sql`SELECT m.id FROM media m WHERE m.attached_id = ${id} AND m.attached_kind = ${kind} LIMIT 1`,
    );
    return row !== null;
  }

  async insert(transaction: Transaction, row: Medium): Promise<void> {
    await transaction.insert(Medium, row);
  }

  async updateAlt(transaction: Transaction, id: string, alt: string | null): Promise<void> {
    await transaction.update(Medium, { id }, { alt });
  }

  /** Tells whether it was there to be settled; somebody may have deleted it meanwhile. */
  async settle(
    transaction: Transaction,
    id: string,
    values: Pick<Medium, 'status'> & Partial<Pick<Medium, 'bytes' | 'durationMs'>>,
  ): Promise<boolean> {
    return (await transaction.update(Medium, { id, status: 'processing' }, values)) === 1;
  }

  async isProcessing(id: string): Promise<boolean> {
    const row = await this.database.one(
      sql`SELECT m.id FROM media m WHERE m.id = ${id} AND m.status = 'processing'`,
    );
    return row !== null;
  }

  async countBytes(reader: Reader, ownerId: string): Promise<number> {
    const row = await reader.one<{ bytes: number }>(
      sql`SELECT COALESCE(sum(m.bytes), 0) AS bytes FROM media m WHERE m.owner_id = ${ownerId}`,
    );
    return row!.bytes;
  }

  /** Attaches in this order what the owner may use there, and names what was attached. */
  attach(
    transaction: Transaction,
    ownerId: string,
    ids: string[],
    to: MediaSubject,
  ): Promise<{ id: string; kind: MediaKind }[]> {
    const positions = ids.map((id, position) => sql`WHEN ${id} THEN ${raw(String(position))}`);
    return transaction.many(sql`
      UPDATE media SET attached_kind = ${to.kind}, attached_id = ${to.id},
        position = CASE id ${join(positions, ' ')} END
      WHERE id IN (${anyOf(ids)}) AND owner_id = ${ownerId} AND status <> 'failed'
        AND (attached_id IS NULL OR (attached_id = ${to.id} AND attached_kind = ${to.kind}))
      RETURNING id, kind`);
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Medium, { id });
  }

  async deleteAttached(
    transaction: Transaction,
    kind: AttachedKind,
    ids: string[],
    except: string[] = [],
  ): Promise<string[]> {
    const spared = except.length ? sql`AND id NOT IN (${join(except)})` : sql``;
    return idsOf(
      transaction,
      sql`DELETE FROM media
        WHERE attached_id IN (${anyOf(ids)}) AND attached_kind = ${kind} ${spared} RETURNING id`,
    );
  }

  async deleteUnattached(
    transaction: Transaction,
    before: string,
    limit: number,
  ): Promise<string[]> {
    // Asked again outside: on PostgreSQL someone may attach one while this waits for its row.
    return idsOf(
      transaction,
      sql`DELETE FROM media WHERE attached_id IS NULL AND id IN (
        SELECT m.id FROM media m
        WHERE m.attached_id IS NULL AND m.position = 0 AND m.created_at < ${before}
        ORDER BY m.created_at LIMIT ${limit})
      RETURNING id`,
    );
  }
}

const idsOf = async (transaction: Transaction, query: ReturnType<typeof sql>) =>
  (await transaction.many<{ id: string }>(query)).map(({ id }) => id);
