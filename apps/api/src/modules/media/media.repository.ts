import { Injectable } from '@nestjs/common';
import type { MediaKind } from '@echomate/contracts/media.dto';
import { canSeeAttachment, canSeeMediaFor, mediumColumns } from '../../access/media.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyNamed,
  anyOf,
  join,
  named,
  raw,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { Medium, type AttachedKind, type Purpose } from './entities/medium.entity.js';
import type { MediumRow } from './media.mapper.js';

export interface MediaSubject {
  kind: AttachedKind;
  id: string;
}

export type VisibleRow = MediumRow &
  Pick<Medium, 'ownerId'> & { attachedKind: AttachedKind | null };

/** The column that references each kind of subject. */
const REFERENCES: Record<AttachedKind, Sql> = {
  post: sql`post_id`,
  comment: sql`comment_id`,
  group: sql`group_id`,
  message: sql`message_id`,
};
const IS_ATTACHED_TO_NOTHING = sql`post_id IS NULL AND comment_id IS NULL AND group_id IS NULL AND message_id IS NULL`;

const COLUMNS = {
  purpose: sql`m.purpose`,
  kind: sql`m.kind`,
  status: sql`m.status`,
  width: sql`m.width`,
  height: sql`m.height`,
  durationMs: sql`m.duration_ms`,
  placeholder: sql`m.placeholder`,
  alt: sql`m.alt`,
};
const SHOWN = sql`m.id, ${selected(COLUMNS)}`;

const medium = mediumColumns(sql`m`);

const viewer = named('viewer');

const visible = (purpose: Purpose) => sql`
  SELECT ${SHOWN}, m.owner_id AS "ownerId",
    CASE WHEN m.post_id IS NOT NULL THEN 'post' WHEN m.comment_id IS NOT NULL THEN 'comment'
      WHEN m.group_id IS NOT NULL THEN 'group' WHEN m.message_id IS NOT NULL THEN 'message' END AS "attachedKind"
  FROM media m
  WHERE m.id = ${named('id')} AND ${canSeeMediaFor(viewer, purpose, medium)}`;

const VISIBLE: Record<Purpose, Sql> = {
  avatar: visible('avatar'),
  banner: visible('banner'),
  attachment: visible('attachment'),
};

const attachedTo = (kind: AttachedKind) => {
  const reference = REFERENCES[kind];
  return shaped(
    (size: number) => sql`
      SELECT ${SHOWN}, m.${reference} AS "attachedId" FROM media m
      WHERE m.${reference} IN (${anyNamed('ids', size)}) AND ${canSeeAttachment(viewer, kind, medium)}
      ORDER BY m.${reference}, m.position`,
  );
};

const ATTACHED = {
  post: attachedTo('post'),
  comment: attachedTo('comment'),
  group: attachedTo('group'),
  message: attachedTo('message'),
};

@Injectable()
export class MediaRepository {
  constructor(private readonly database: Database) {}

  findVisible(
    viewerId: string,
    purpose: Purpose,
    id: string,
    reader: Reader = this.database,
  ): Promise<VisibleRow | null> {
    return reader.one(new Statement(VISIBLE[purpose], { viewer: viewerId, id }));
  }

  /** Whoever may see it. */
  findRow(id: string): Promise<MediumRow | null> {
    return this.database.one(sql`SELECT ${SHOWN} FROM media m WHERE m.id = ${id}`);
  }

  /**
   * Attachments in their order, in one statement for a page of posts or comments. It tests the rule itself, because an
   * attachment may be newer than the page that was read.
   */
  findAttached(
    viewerId: string,
    kind: AttachedKind,
    ids: string[],
    reader: Reader = this.database,
  ): Promise<(MediumRow & { attachedId: string })[]> {
    return reader.many(new Statement(ATTACHED[kind](sizeOf(ids)), { viewer: viewerId, ids }));
  }

  async isAnyAttached(reader: Reader, { kind, id }: MediaSubject): Promise<boolean> {
    const row = await reader.one(
      sql`SELECT m.id FROM media m WHERE m.${REFERENCES[kind]} = ${id} LIMIT 1`,
    );
    return row !== null;
  }

  async insert(transaction: Transaction, row: Medium): Promise<void> {
    await transaction.insert(Medium, row);
  }

  async updateAlt(transaction: Transaction, id: string, alt: string | null): Promise<void> {
    await transaction.update(Medium, { id }, { alt });
  }

  /** Returns whether the row still existed; somebody may have deleted it meanwhile. */
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

  async exists(id: string): Promise<boolean> {
    return (await this.database.one(sql`SELECT m.id FROM media m WHERE m.id = ${id}`)) !== null;
  }

  /** What counts against the quota before a new upload: a new avatar replaces the old one. */
  async countBytes(reader: Reader, ownerId: string, coming: Purpose): Promise<number> {
    const row = await reader.one<{ bytes: number }>(sql`
      SELECT COALESCE(sum(m.bytes), 0) AS bytes FROM media m
      WHERE m.owner_id = ${ownerId} AND (m.purpose = 'attachment' OR m.purpose <> ${coming})`);
    return row!.bytes;
  }

  /** Attaches uploads of the owner in this order, and returns those it attached. */
  attach(
    transaction: Transaction,
    ownerId: string,
    ids: string[],
    to: MediaSubject,
  ): Promise<{ id: string; kind: MediaKind }[]> {
    const positions = ids.map((id, position) => sql`WHEN ${id} THEN ${raw(String(position))}`);
    const reference = REFERENCES[to.kind];
    return transaction.many(sql`
      UPDATE media SET ${reference} = ${to.id}, position = CASE id ${join(positions, ' ')} END
      WHERE id IN (${anyOf(ids)}) AND owner_id = ${ownerId} AND status <> 'failed' AND purpose = 'attachment'
        AND ((${IS_ATTACHED_TO_NOTHING}) OR ${reference} = ${to.id})
      RETURNING id, kind`);
  }

  /** Returns whether it was there. */
  async delete(transaction: Transaction, id: string): Promise<boolean> {
    return (await transaction.delete(Medium, { id })) === 1;
  }

  async deleteAttached(
    transaction: Transaction,
    kind: AttachedKind,
    ids: string[],
    except: string[] = [],
  ): Promise<string[]> {
    const spared = except.length ? sql`AND id NOT IN (${join(except)})` : sql``;
    return transaction.ids(
      sql`DELETE FROM media WHERE ${REFERENCES[kind]} IN (${anyOf(ids)}) ${spared} RETURNING id`,
    );
  }

  /** For an export: what the person has uploaded, as far as the rule still shows it. */
  findAttachmentsOf(ownerId: string, after: string, limit: number): Promise<MediumRow[]> {
    const list = {
      rows: sql`media m WHERE m.owner_id = ${ownerId}`,
      id: sql`m.id`,
      columns: COLUMNS,
      rule: canSeeMediaFor(sql`${ownerId}`, 'attachment', medium),
    };
    return findInPortions(this.database, list, after, limit, { order: 'oldest first' });
  }

  findPicturesOf(ownerId: string): Promise<MediumRow[]> {
    return this.database.many(sql`
      SELECT ${SHOWN} FROM media m
      WHERE m.owner_id = ${ownerId} AND m.purpose <> 'attachment' AND m.status = 'ready'`);
  }

  /** Deletes everything a person has uploaded. */
  deleteSomeOf(
    transaction: Transaction,
    ownerId: string,
    limit: number,
  ): Promise<Pick<Medium, 'id' | 'purpose'>[]> {
    return transaction.many(sql`
      DELETE FROM media WHERE id IN (
        SELECT m.id FROM media m WHERE m.owner_id = ${ownerId} ORDER BY m.id LIMIT ${limit})
      RETURNING id, purpose`);
  }

  /** Deletes what is attached to nothing or was never finished. */
  deleteUnused(
    transaction: Transaction,
    before: string,
    limit: number,
  ): Promise<Pick<Medium, 'id' | 'purpose'>[]> {
    const isUnused = sql`
      ${IS_ATTACHED_TO_NOTHING} AND (purpose = 'attachment' OR status <> 'ready')`;
    // The condition is repeated outside: on PostgreSQL a row may be attached while this waits for its lock.
    return transaction.many(sql`
      DELETE FROM media WHERE ${isUnused} AND id IN (
        SELECT id FROM media WHERE ${isUnused} AND created_at < ${before}
        ORDER BY created_at LIMIT ${limit})
      RETURNING id, purpose`);
  }

  // ——— avatars and banners

  /** Deletes the current one, if there is one. */
  deleteShown(transaction: Transaction, ownerId: string, purpose: Purpose): Promise<string | null> {
    return idOf(
      transaction,
      sql`DELETE FROM media WHERE owner_id = ${ownerId} AND purpose = ${purpose} AND purpose <> 'attachment'
        AND status = 'ready' RETURNING id`,
    );
  }

  giveToPerson(
    transaction: Transaction,
    registrationId: string,
    userId: string,
  ): Promise<string | null> {
    return idOf(
      transaction,
      sql`UPDATE media SET owner_id = ${userId}, registration_id = NULL
        WHERE registration_id = ${registrationId} AND status = 'ready' RETURNING id`,
    );
  }

  deleteOfRegistration(transaction: Transaction, registrationId: string): Promise<string | null> {
    return idOf(
      transaction,
      sql`DELETE FROM media WHERE registration_id = ${registrationId} RETURNING id`,
    );
  }
}

const idOf = async (transaction: Transaction, query: Sql) =>
  (await transaction.one<{ id: string }>(query))?.id ?? null;
