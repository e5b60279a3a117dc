import { Injectable } from '@nestjs/common';
import { commentColumns, postColumns } from '../../access/post.access.js';
import { isActive } from '../../access/profile.access.js';
import { reachOf, scopeOf, type Reach } from '../../access/reach.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { SearchDocument, type DocumentKind } from './entities/search-document.entity.js';

/** A text as it stands in the database, and how far it may be seen. */
export interface TextRow {
  id: string;
  kind: DocumentKind;
  postId: string | null;
  authorId: string | null;
  title: string | null;
  content: string;
  hasImage: boolean | number;
  reach: Reach;
  scopeId: string | null;
}

const p = postColumns(sql`p`);
const REACH = reachOf(p, sql`author.visibility`);

const hasImage = (subject: Sql): Sql =>
  sql`EXISTS (SELECT 1 FROM media m WHERE ${subject} AND m.kind <> 'video')`;

const POSTS = sql`
  SELECT p.id, 'post' AS kind, p.id AS "postId", p.author_id AS "authorId", p.title, p.content,
    ${hasImage(sql`m.post_id = p.id`)} AS "hasImage", ${REACH} AS reach, ${scopeOf(p)} AS "scopeId"
  FROM posts p JOIN users author ON author.id = p.author_id`;

const c = commentColumns(sql`c`);

const COMMENTS = sql`
  SELECT c.id, 'comment' AS kind, c.post_id AS "postId", c.author_id AS "authorId", NULL AS title, c.content,
    ${hasImage(sql`m.comment_id = c.id`)} AS "hasImage",
    CASE WHEN ${c.deletedAt} IS NOT NULL OR NOT ${isActive(c.authorId)} THEN 'nobody' ELSE ${REACH} END AS reach,
    ${scopeOf(p)} AS "scopeId"
  FROM comments c JOIN posts p ON p.id = c.post_id LEFT JOIN users author ON author.id = p.author_id`;

/** What an event is found by, beside its title. */
export const TEXT_OF_EVENT = sql`s.description || ' ' || COALESCE(s.place, '')`;

/** An event stays with its group when the account of whoever planned it goes. */
const EVENTS = sql`
  SELECT s.id, 'event' AS kind, s.id AS "postId",
    CASE WHEN ${isActive(sql`s.creator_id`)} THEN s.creator_id END AS "authorId", s.title,
    ${TEXT_OF_EVENT} AS content, false AS "hasImage",
    'followers' AS reach, s.group_id AS "scopeId"
  FROM event_series s`;

/** What is indexed, and the texts it is made of. */
@Injectable()
export class SearchDocumentsRepository {
  constructor(private readonly database: Database) {}

  findTexts(transaction: Transaction, kind: DocumentKind, ids: string[]): Promise<TextRow[]> {
    switch (kind) {
      case 'post':
        return transaction.many(sql`${POSTS} WHERE p.id IN (${anyOf(ids)})`);
      case 'comment':
        return transaction.many(sql`${COMMENTS} WHERE c.id IN (${anyOf(ids)})`);
      case 'event':
        return transaction.many(sql`${EVENTS} WHERE s.id IN (${anyOf(ids)})`);
    }
  }

  /** Who was chosen to see these posts, with their authors. */
  findReaders(
    transaction: Transaction,
    postIds: string[],
  ): Promise<{ postId: string; userId: string }[]> {
    return transaction.many(sql`
      SELECT chosen.post_id AS "postId", chosen.user_id AS "userId" FROM chosen_followers chosen
      WHERE chosen.post_id IN (${anyOf(postIds)})
      UNION ALL SELECT p.id, p.author_id FROM posts p WHERE p.id IN (${anyOf(postIds)})`);
  }

  // ——— ids of texts in order, for work in portions

  async findIds(kind: DocumentKind, after: string, limit: number): Promise<string[]> {
    const table = { post: sql`posts`, comment: sql`comments`, event: sql`event_series` }[kind];
    return this.database.ids(
      sql`SELECT t.id FROM ${table} t WHERE t.id > ${after} ORDER BY t.id LIMIT ${limit}`,
    );
  }

  findCommentIdsOn(postId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT t.id FROM comments t WHERE t.post_id = ${postId} AND t.id > ${after} ORDER BY t.id LIMIT ${limit}`);
  }

  /** What is indexed of comments on a post that exist no longer. */
  findGoneCommentsOn(postId: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT d.subject_id AS id FROM search_documents d
      WHERE d.post_id = ${postId} AND d.kind = 'comment'
        AND NOT EXISTS (SELECT 1 FROM comments t WHERE t.id = d.subject_id)
      LIMIT ${limit}`);
  }

  findReplyIds(commentId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT t.id FROM comments t WHERE t.parent_id = ${commentId} AND t.id > ${after} ORDER BY t.id LIMIT ${limit}`);
  }

  findCommentIdsBy(authorId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT t.id FROM comments t WHERE t.author_id = ${authorId} AND t.id > ${after} ORDER BY t.id LIMIT ${limit}`);
  }

  findSeriesIdsBy(creatorId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT s.id FROM event_series s WHERE s.creator_id = ${creatorId} AND s.id > ${after} ORDER BY s.id LIMIT ${limit}`);
  }

  /** The posts and comments of somebody that are indexed. */
  findSubjectsOf(authorId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT d.subject_id AS id FROM search_documents d
      WHERE d.author_id = ${authorId} AND d.kind <> 'event' AND d.subject_id > ${after} ORDER BY d.subject_id LIMIT ${limit}`);
  }

  findSubjects(after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT d.subject_id AS id FROM search_documents d WHERE d.subject_id > ${after} ORDER BY d.subject_id LIMIT ${limit}`);
  }

  /** Those of these subjects that exist no longer. */
  findWithoutText(subjectIds: string[]): Promise<string[]> {
    return this.database.ids(sql`
      SELECT d.subject_id AS id FROM search_documents d
      WHERE d.subject_id IN (${anyOf(subjectIds)})
        AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.id = d.subject_id)
        AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.id = d.subject_id)
        AND NOT EXISTS (SELECT 1 FROM event_series s WHERE s.id = d.subject_id)`);
  }

  // ——— documents

  findDocuments(reader: Reader, subjectIds: string[]): Promise<SearchDocument[]> {
    return reader.many(sql`
      SELECT d.number, d.kind, d.subject_id AS "subjectId", d.post_id AS "postId", d.author_id AS "authorId",
        d.scope_id AS "scopeId"
      FROM search_documents d WHERE d.subject_id IN (${anyOf(subjectIds)})`);
  }

  /** The first of these numbers or behind them that is free. */
  async findFreeNumber(transaction: Transaction, from: number): Promise<number> {
    for (let number = from; ; number += TAKEN_AT_ONCE) {
      const rows = await transaction.many<{ number: number }>(sql`
        SELECT d.number FROM search_documents d
        WHERE d.number >= ${number} AND d.number < ${number + TAKEN_AT_ONCE} ORDER BY d.number`);
      const taken = new Set(rows.map((row) => row.number));
      for (let at = number; at < number + TAKEN_AT_ONCE; at++) if (!taken.has(at)) return at;
    }
  }

  async insert(transaction: Transaction, document: SearchDocument): Promise<void> {
    await transaction.insert(SearchDocument, document);
  }

  async place(
    transaction: Transaction,
    number: number,
    at: Pick<SearchDocument, 'scopeId' | 'authorId'>,
  ): Promise<void> {
    await transaction.update(SearchDocument, { number }, at);
  }

  async remove(transaction: Transaction, subjectIds: string[]): Promise<void> {
    await transaction.run(
      sql`DELETE FROM search_documents WHERE subject_id IN (${anyOf(subjectIds)})`,
    );
  }
}

const TAKEN_AT_ONCE = 256;
