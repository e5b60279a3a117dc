import { Injectable } from '@nestjs/common';
import type { Audience } from '@echomate/contracts/posts.dto';
import { canSeeInLists, canSeePost, postColumns } from '../../access/post.access.js';
import { hiddenFrom } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  empty,
  join,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { PostHashtag } from './entities/post-hashtag.entity.js';
import { PostMention } from './entities/post-mention.entity.js';
import { PostVersion } from './entities/post-version.entity.js';
import { Post } from './entities/post.entity.js';

export interface SharedPostRow {
  id: string;
  authorId: string;
  audience: Audience;
  title: string | null;
  content: string;
  createdAt: string;
  editedAt: string | null;
}

/** A post as one viewer may count it. */
export interface PostRow extends SharedPostRow {
  sharedId: string | null;
  likeCount: number;
  commentCount: number;
  shareCount: number;
  isLiked: boolean | number;
}

const COUNTED_SHARES = 100;

const p = postColumns(sql`p`);

const BASICS = sql`
  p.id, p.author_id AS "authorId", p.audience, p.title, p.content,
  p.created_at AS "createdAt", p.edited_at AS "editedAt"`;

/** What people hidden from the viewer did is not counted; a hidden comment takes its replies with it. */
const countsFor = (viewer: Sql): Sql => sql`
  p.like_count - (
    SELECT count(*) FROM ${hiddenFrom(viewer)} AS hidden
    JOIN likes ON likes.subject_id = p.id AND likes.user_id = hidden.id) AS "likeCount",
  p.comment_count - (
    SELECT COALESCE(sum(CASE
      WHEN c.parent_id IS NULL THEN 1 + c.reply_count
      WHEN parent.author_id IN (SELECT also.id FROM ${hiddenFrom(viewer)} AS also) THEN 0
      ELSE 1 END), 0)
    FROM ${hiddenFrom(viewer)} AS hidden
    JOIN comments c ON c.author_id = hidden.id AND c.post_id = p.id AND c.deleted_at IS NULL
    LEFT JOIN comments parent ON parent.id = c.parent_id) AS "commentCount",
  (SELECT count(*) FROM (
    SELECT 1 FROM posts s WHERE s.shared_id = p.id AND ${canSeeInLists(viewer, postColumns(sql`s`))}
    LIMIT ${COUNTED_SHARES}) AS shares) AS "shareCount",
  EXISTS (SELECT 1 FROM likes WHERE likes.subject_id = p.id AND likes.user_id = ${viewer}) AS "isLiked"`;

@Injectable()
export class PostsRepository {
  constructor(private readonly database: Database) {}

  /** The posts that a query names, newest first. The query has applied the rule. */
  findRows(viewerId: string, ids: Sql, limit: number): Promise<PostRow[]> {
    return this.database.many(sql`
      SELECT ${BASICS}, p.shared_id AS "sharedId", ${countsFor(sql`${viewerId}`)}
      FROM (${ids}) AS page JOIN posts p ON p.id = page.id
      ORDER BY p.id DESC LIMIT ${limit}`);
  }

  findShared(viewerId: string, ids: string[]): Promise<SharedPostRow[]> {
    return this.database.many(sql`
      SELECT ${BASICS} FROM posts p WHERE p.id IN (${join(ids)}) AND ${canSeePost(sql`${viewerId}`, p)}`);
  }

  // ——— queries that name posts, each with the rule in it

  one(viewerId: string, id: string): Sql {
    return sql`SELECT p.id FROM posts p WHERE p.id = ${id} AND ${canSeePost(sql`${viewerId}`, p)}`;
  }

  /** Its author finds even what is unlisted on the own profile, and nowhere else. */
  ofAuthor(viewerId: string, authorId: string, before: string | null, limit: number): Sql {
    const rule = viewerId === authorId ? canSeePost : canSeeInLists;
    return this.newest(
      sql`posts p`,
      sql`p.author_id = ${authorId} AND ${rule(sql`${viewerId}`, p)}`,
      before,
      limit,
    );
  }

  withTag(viewerId: string, tag: string, before: string | null, limit: number): Sql {
    return this.newest(
      sql`post_hashtags tagged JOIN posts p ON p.id = tagged.post_id`,
      sql`tagged.tag = ${tag} AND ${canSeeInLists(sql`${viewerId}`, p)}`,
      before,
      limit,
      sql`tagged.post_id`,
    );
  }

  mentioning(viewerId: string, before: string | null, limit: number): Sql {
    return this.newest(
      sql`post_mentions mentioned JOIN posts p ON p.id = mentioned.post_id`,
      sql`mentioned.user_id = ${viewerId} AND p.author_id <> ${viewerId} AND ${canSeeInLists(sql`${viewerId}`, p)}`,
      before,
      limit,
      sql`mentioned.post_id`,
    );
  }

  sharesOf(viewerId: string, id: string, before: string | null, limit: number): Sql {
    return this.newest(
      sql`posts p`,
      sql`p.shared_id = ${id} AND ${canSeeInLists(sql`${viewerId}`, p)}`,
      before,
      limit,
    );
  }

  private newest(
    from: Sql,
    where: Sql,
    before: string | null,
    limit: number,
    order = sql`p.id`,
  ): Sql {
    return sql`
      SELECT p.id FROM ${from} WHERE ${where} ${before ? sql`AND ${order} < ${before}` : empty}
      ORDER BY ${order} DESC LIMIT ${limit}`;
  }

  // ——— for those who write

  /** Of the author alone, deleted or not. */
  findOwn(transaction: Transaction, authorId: string, id: string): Promise<Post | null> {
    return transaction.one(sql`
      SELECT ${BASICS}, p.shared_id AS "sharedId", p.deleted_at AS "deletedAt"
      FROM posts p WHERE p.id = ${id} AND p.author_id = ${authorId}`);
  }

  findVisible(
    viewerId: string,
    id: string,
    reader: Reader = this.database,
  ): Promise<Pick<Post, 'id' | 'authorId' | 'audience' | 'sharedId'> | null> {
    return reader.one(sql`
      SELECT p.id, p.author_id AS "authorId", p.audience, p.shared_id AS "sharedId"
      FROM posts p WHERE p.id = ${id} AND ${canSeePost(sql`${viewerId}`, p)}`);
  }

  async insert(
    transaction: Transaction,
    post: Pick<Post, 'id' | 'authorId' | 'audience' | 'sharedId' | 'title' | 'content'>,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO posts (id, author_id, audience, shared_id, title, content, created_at)
      VALUES (${post.id}, ${post.authorId}, ${post.audience}, ${post.sharedId}, ${post.title},
        ${post.content}, ${new Date().toISOString()})`);
  }

  async update(transaction: Transaction, id: string, values: Partial<Post>): Promise<void> {
    await transaction.update(Post, { id }, values);
  }

  async insertVersion(transaction: Transaction, version: PostVersion): Promise<void> {
    await transaction.insert(PostVersion, version);
  }

  findVersions(postId: string): Promise<Pick<PostVersion, 'title' | 'content' | 'writtenAt'>[]> {
    return this.database.many(sql`
      SELECT title, content, written_at AS "writtenAt" FROM post_versions
      WHERE post_id = ${postId} ORDER BY id DESC`);
  }

  /** What a text says about whom and what, in place of what it said before. */
  async replaceText(
    transaction: Transaction,
    postId: string,
    { tags, mentionedIds }: { tags: string[]; mentionedIds: string[] },
  ): Promise<void> {
    await transaction.delete(PostHashtag, { postId });
    await transaction.delete(PostMention, { postId });
    await this.insertText(transaction, postId, { tags, mentionedIds });
  }

  async insertText(
    transaction: Transaction,
    postId: string,
    { tags, mentionedIds }: { tags: string[]; mentionedIds: string[] },
  ): Promise<void> {
    if (tags.length)
      await transaction.run(
        sql`INSERT INTO post_hashtags (tag, post_id) VALUES ${join(tags.map((tag) => sql`(${tag}, ${postId})`))}`,
      );
    if (mentionedIds.length)
      await transaction.run(
        sql`INSERT INTO post_mentions (user_id, post_id) VALUES ${join(mentionedIds.map((id) => sql`(${id}, ${postId})`))}`,
      );
  }

  /** Leaves a deleted post without words; the row stays for those that refer to it. */
  async wipe(transaction: Transaction, postId: string): Promise<void> {
    await transaction.run(
      sql`DELETE FROM likes WHERE subject_id = ${postId}
        OR subject_id IN (SELECT id FROM comments WHERE post_id = ${postId})`,
    );
    for (const table of [
      sql`comments`,
      sql`post_versions`,
      sql`post_hashtags`,
      sql`post_mentions`,
      sql`chosen_followers`,
    ])
      await transaction.run(sql`DELETE FROM ${table} WHERE post_id = ${postId}`);
    await transaction.run(sql`
      UPDATE posts SET title = NULL, content = '', like_count = 0, comment_count = 0 WHERE id = ${postId}`);
  }
}
