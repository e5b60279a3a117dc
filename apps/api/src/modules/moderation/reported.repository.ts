import { Injectable } from '@nestjs/common';
import type { ReportedContext, ReportedKind } from '@echomate/contracts/moderation.dto';
import { excerptOf } from '@echomate/contracts/text';
import { canSeeMessage, messageColumns } from '../../access/conversation.access.js';
import { canSeeCard, canSeeProfile } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { timeOf } from '../../platform/database/ids.js';
import {
  anyOf,
  raw,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { ReportCase } from './entities/report-case.entity.js';

export interface ReportedRow {
  personId: string | null;
  firstName: string | null;
  lastName: string | null;
  handle: string | null;
  title: string | null;
  text: string;
  at: string;
  avatarId: string | null;
  postId: string | null;
  conversationId: string | null;
}

/** What stands beside a thing, with whose it is, which nobody is shown. */
export type KeptContext = ReportedContext & { personId?: string | null };

export interface NamedPerson {
  id: string;
  name: string;
}

type Columns = Partial<
  Record<'title' | 'text' | 'at' | 'avatar_id' | 'post_id' | 'conversation_id', Sql>
>;

const NULL = sql`NULL`;

const found = (from: Sql, id: string, columns: Columns, where: Sql) => sql`
  SELECT u.id AS "personId", u.first_name AS "firstName", u.last_name AS "lastName", u.handle,
    ${columns.title ?? NULL} AS title, ${columns.text ?? sql`''`} AS text, ${columns.at ?? NULL} AS at,
    ${columns.avatar_id ?? NULL} AS "avatarId", ${columns.post_id ?? NULL} AS "postId",
    ${columns.conversation_id ?? NULL} AS "conversationId"
  FROM ${from} WHERE t.id = ${id} AND ${where}`;

const by = (author: string) => sql`LEFT JOIN users u ON u.id = t.${raw(author)}`;
const ALWAYS = sql`1 = 1`;

/** Messages that stand next to one, on either side. */
const NEXT_TO = 3;

/** What is reported, for whoever the rule has let through. */
@Injectable()
export class ReportedRepository {
  constructor(private readonly database: Database) {}

  async find(
    reader: Reader,
    kind: ReportedKind,
    viewerId: string,
    id: string,
  ): Promise<ReportedRow | null> {
    const row = await reader.one<ReportedRow>(this.statement(kind, viewerId, id));
    return row && { ...row, at: row.at ?? timeOf(id) };
  }

  async findPost(reader: Reader, id: string): Promise<KeptContext[]> {
    const row = await reader.one<NamedText>(sql`
      SELECT t.id, COALESCE(t.title, '') || ' ' || t.content AS text, t.created_at AS at,
        u.id AS "personId", u.first_name AS "firstName", u.last_name AS "lastName"
      FROM posts t LEFT JOIN users u ON u.id = t.author_id WHERE t.id = ${id}`);
    return row ? [toContext(row)] : [];
  }

  /** Those that the viewer sees before or after a message, in their order, and of whom. */
  async findNextTo(
    reader: Reader,
    viewerId: string,
    { id, conversationId }: { id: string; conversationId: string },
    side: 'before' | 'after',
  ): Promise<KeptContext[]> {
    const beside = side === 'before' ? sql`t.id < ${id}` : sql`t.id > ${id}`;
    const order = side === 'before' ? sql`t.id DESC` : sql`t.id`;
    const rows = await reader.many<NamedText>(sql`
      SELECT t.id, t.content AS text, NULL AS at, u.id AS "personId",
        u.first_name AS "firstName", u.last_name AS "lastName"
      FROM messages t LEFT JOIN users u
        ON u.id = t.sender_id AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}
      WHERE t.conversation_id = ${conversationId} AND ${beside} AND t.deleted_at IS NULL
        AND ${canSeeMessage(sql`${viewerId}`, messageColumns(sql`t`))}
      ORDER BY ${order} LIMIT ${NEXT_TO}`);
    return (side === 'before' ? rows.toReversed() : rows).map(toContext);
  }

  // ——— what stands beside a thing, of an account that goes

  findName(id: string): Promise<NamedPerson | null> {
    return this.database.one(sql`
      SELECT u.id, u.first_name || ' ' || u.last_name AS name FROM users u WHERE u.id = ${id}`);
  }

  async findCasesWithContext(after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT c.id FROM report_cases c
      WHERE c.id > ${after} AND c.subject_kind IN ('comment', 'message') ORDER BY c.id LIMIT ${limit}`);
  }

  findSnapshots(
    transaction: Transaction,
    ids: string[],
  ): Promise<{ id: string; kind: ReportedKind; snapshot: string }[]> {
    return transaction.many(sql`
      SELECT c.id, c.subject_kind AS kind, c.snapshot FROM report_cases c WHERE c.id IN (${anyOf(ids)})`);
  }

  async keepSnapshot(transaction: Transaction, id: string, snapshot: string): Promise<void> {
    await transaction.update(ReportCase, { id }, { snapshot });
  }

  private statement(kind: ReportedKind, viewerId: string, id: string): Sql {
    switch (kind) {
      case 'person':
        return found(
          sql`users t JOIN users u ON u.id = t.id`,
          id,
          {
            text: sql`CASE WHEN ${canSeeProfile(sql`${viewerId}`, { id: sql`t.id`, visibility: sql`t.visibility` })} THEN COALESCE(t.about, '') ELSE '' END`,
            title: sql`t.nickname`,
            at: sql`t.created_at`,
            avatar_id: sql`t.avatar_id`,
          },
          ALWAYS,
        );
      case 'post':
        // The post of an event has no author: its event can be reported.
        return found(
          sql`posts t ${by('author_id')}`,
          id,
          { title: sql`t.title`, text: sql`t.content`, at: sql`t.created_at` },
          sql`t.author_id IS NOT NULL`,
        );
      case 'comment':
        return found(
          sql`comments t ${by('author_id')}`,
          id,
          { text: sql`t.content`, at: sql`t.created_at`, post_id: sql`t.post_id` },
          ALWAYS,
        );
      case 'group':
        return found(
          sql`groups t ${by('creator_id')}`,
          id,
          { title: sql`t.title`, text: sql`t.description`, at: sql`t.created_at` },
          ALWAYS,
        );
      case 'event':
        return found(
          sql`events t JOIN event_series s ON s.id = t.series_id LEFT JOIN users u ON u.id = s.creator_id`,
          id,
          { title: sql`s.title`, text: sql`s.description`, at: sql`s.created_at` },
          ALWAYS,
        );
      case 'message':
        return found(
          sql`messages t ${by('sender_id')}`,
          id,
          { text: sql`t.content`, conversation_id: sql`t.conversation_id` },
          sql`t.deleted_at IS NULL`,
        );
    }
  }
}

interface NamedText {
  id: string;
  text: string;
  at: string | null;
  personId: string | null;
  firstName: string | null;
  lastName: string | null;
}

const toContext = ({ id, text, at, personId, firstName, lastName }: NamedText): KeptContext => ({
  personId,
  author: firstName === null ? null : `${firstName} ${lastName}`,
  text: excerptOf(text),
  at: at ?? timeOf(id),
});
