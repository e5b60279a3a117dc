import { Injectable } from '@nestjs/common';
import type { Audience } from '@echomate/contracts/posts.dto';
import {
  canSeeInLists,
  canSeeOnProfile,
  canSeePost,
  canSeeVersion,
  postColumns,
} from '../../access/post.access.js';
import { leads } from '../../access/group.access.js';
import { narrowed } from '../../access/profile.access.js';
import { VisiblePosts, type NamedPosts } from '../../access/visible-posts.access.js';
import { hiddenComments, hiddenLikes } from '../../access/hidden-counts.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import { findInPortions, type RuledList } from '../../platform/database/portions.js';
import {
  anyNamed,
  around,
  named,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type NamedValues,
  type Reader,
  type Rule,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { v7 as uuid } from 'uuid';
import { PostVersion } from './entities/post-version.entity.js';
import { Post } from './entities/post.entity.js';

export interface SharedPostRow {
  id: string;
  authorId: string;
  audience: Audience;
  groupId: string | null;
  groupTitle: string | null;
  groupCreatorId: string | null;
  title: string | null;
  content: string;
  createdAt: string;
  editedAt: string | null;
  importedFrom: string | null;
  importedAt: string | null;
}

/** Likes and comments are counted for everyone; `VisibleCounts` subtracts what is hidden from the viewer. */
export interface PostRow extends Omit<SharedPostRow, 'authorId'> {
  /** Null for the post of an event */
  authorId: string | null;
  sharedId: string | null;
  likeCount: number;
  commentCount: number;
  hiddenLikes: number | null;
  hiddenComments: number | null;
  shareCount: number;
  isLiked: boolean | number;
}

export type VisiblePost = Pick<Post, 'id' | 'authorId' | 'audience' | 'groupId' | 'sharedId'> & {
  sharedAuthorId: string | null;
};

const SHARES_LOOKED_AT = 100;

const p = postColumns(sql`p`);

const BASICS = {
  authorId: sql`p.author_id`,
  audience: sql`p.audience`,
  groupId: sql`p.group_id`,
  groupTitle: sql`(SELECT g.title FROM groups g WHERE g.id = p.group_id)`,
  groupCreatorId: sql`(SELECT g.creator_id FROM groups g WHERE g.id = p.group_id)`,
  title: sql`p.title`,
  content: sql`p.content`,
  createdAt: sql`p.created_at`,
  editedAt: sql`p.edited_at`,
  importedFrom: sql`p.imported_from`,
  importedAt: sql`p.imported_at`,
  sharedId: sql`p.shared_id`,
};

const viewer = named('viewer');

const SHOWN = {
  ...BASICS,
  likeCount: sql`p.like_count`,
  hiddenLikes: hiddenLikes('post', viewer, { id: sql`p.id`, likeCount: sql`p.like_count` }),
  commentCount: sql`p.comment_count`,
  hiddenComments: hiddenComments(viewer, { ...p, commentCount: sql`p.comment_count` }),
  shareCount: sql`(SELECT count(*) FROM (
    SELECT newest.* FROM posts newest WHERE newest.shared_id = p.id
    ORDER BY newest.id DESC LIMIT ${SHARES_LOOKED_AT}) AS s
    WHERE ${canSeeInLists(viewer, postColumns(sql`s`))})`,
  isLiked: sql`EXISTS (SELECT 1 FROM post_likes l WHERE l.post_id = p.id AND l.user_id = ${viewer})`,
};

const ROW = sql`
  SELECT p.id, ${selected(BASICS)}, p.deleted_at AS "deletedAt", p.deleted_by_id AS "deletedById",
    p.removed_until AS "removedUntil" FROM posts p`;

/** A list of posts in the order of an index, newest first, with the rule for each. */
export interface PostList {
  list: RuledList;
  values: NamedValues;
}

const rowsOf = around(
  (posts: VisiblePosts) => sql`
    SELECT p.id, ${selected(SHOWN)} FROM (${posts.sql}) AS page JOIN posts p ON p.id = page.id
    ORDER BY p.id DESC LIMIT ${named('limit')}`,
);

const SHARED = shaped(
  (size: number) => sql`
    SELECT p.id, ${selected(BASICS)} FROM posts p
    WHERE p.id IN (${anyNamed('ids', size)}) AND ${canSeePost(viewer, p)}`,
);

const ONE = VisiblePosts.among(sql`posts p WHERE p.id = ${named('post')}`, canSeePost(viewer, p));

const listOf = (rows: Sql, rule: Rule, id = sql`p.id`): RuledList => ({
  rows,
  id,
  rule,
  columns: SHOWN,
});

const SOME = shaped((size: number) =>
  VisiblePosts.among(sql`posts p WHERE p.id IN (${anyNamed('ids', size)})`, canSeePost(viewer, p)),
);

const author = named('author');

const OWN = listOf(sql`posts p WHERE p.author_id = ${viewer}`, canSeeOnProfile.own(viewer, p));

const OF_AUTHOR = listOf(
  sql`posts p WHERE p.author_id = ${author}`,
  canSeeOnProfile.ofOthers(viewer, p),
);

/** For view-as, without shares of others' posts: who sees those is for their authors to know. */
const OF_AUTHOR_AS = listOf(
  sql`posts p WHERE p.author_id = ${author}`,
  narrowed(
    canSeeOnProfile.ofOthers(named('as'), p),
    sql`(p.shared_id IS NULL OR EXISTS (
      SELECT 1 FROM posts own WHERE own.id = p.shared_id AND own.author_id = ${author}))`,
  ),
);

const MENTIONING = listOf(
  sql`post_mentions mentioned JOIN posts p ON p.id = mentioned.post_id
    WHERE mentioned.user_id = ${viewer}`,
  narrowed(canSeeInLists(viewer, p), sql`p.author_id <> ${viewer}`),
  sql`mentioned.post_id`,
);

const group = named('group');

const OF_GROUP = listOf(sql`posts p WHERE p.group_id = ${group}`, canSeeInLists(viewer, p));

const PINNED = VisiblePosts.among(
  sql`pinned_posts pinned JOIN posts p ON p.id = pinned.post_id WHERE pinned.group_id = ${group}`,
  canSeeInLists(viewer, p),
);

const SHARES = listOf(sql`posts p WHERE p.shared_id = ${named('post')}`, canSeeInLists(viewer, p));

@Injectable()
export class PostsRepository {
  constructor(private readonly database: Database) {}

  /** The selected posts, newest first. */
  findRows(viewerId: string, { posts, values }: NamedPosts, limit: number): Promise<PostRow[]> {
    return this.database.many(new Statement(rowsOf(posts), { ...values, viewer: viewerId, limit }));
  }

  /** A full page of a list, however many of its posts are hidden from the viewer. */
  findListed(
    viewerId: string,
    { list, values }: PostList,
    before: string | null,
    limit: number,
  ): Promise<PostRow[]> {
    return findInPortions<PostRow>(this.database, list, before, limit, {
      values: { ...values, viewer: viewerId },
    });
  }

  findShared(viewerId: string, ids: string[]): Promise<SharedPostRow[]> {
    return this.database.many(new Statement(SHARED(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  // ——— selections of posts, each with the rule

  one(viewerId: string, id: string): NamedPosts {
    return { posts: ONE, values: { viewer: viewerId, post: id } };
  }

  some(viewerId: string, ids: string[]): NamedPosts {
    return { posts: SOME(sizeOf(ids)), values: { viewer: viewerId, ids } };
  }

  ofAuthor(viewerId: string, authorId: string): PostList {
    return { list: viewerId === authorId ? OWN : OF_AUTHOR, values: { author: authorId } };
  }

  ofAuthorAs(asId: string, authorId: string): PostList {
    return { list: OF_AUTHOR_AS, values: { as: asId, author: authorId } };
  }

  mentioning(): PostList {
    return { list: MENTIONING, values: {} };
  }

  ofGroup(groupId: string): PostList {
    return { list: OF_GROUP, values: { group: groupId } };
  }

  pinned(viewerId: string, groupId: string): NamedPosts {
    return { posts: PINNED, values: { viewer: viewerId, group: groupId } };
  }

  sharesOf(id: string): PostList {
    return { list: SHARES, values: { post: id } };
  }

  // ——— for writers

  /** For the author only, including deleted posts, and posts in groups that the author has left. */
  findOwn(transaction: Transaction, authorId: string, id: string): Promise<Post | null> {
    return transaction.one(sql`${ROW} WHERE p.id = ${id} AND p.author_id = ${authorId}`);
  }

  /** The same, in whatever group somebody leads. */
  findLed(transaction: Transaction, creatorId: string, id: string): Promise<Post | null> {
    return transaction.one(
      sql`${ROW} WHERE p.id = ${id} AND ${leads(sql`${creatorId}`, sql`p.group_id`)}`,
    );
  }

  /** Whoever it is by, including deleted posts. */
  findRow(transaction: Transaction, id: string): Promise<Post | null> {
    return transaction.one(sql`${ROW} WHERE p.id = ${id}`);
  }

  findVisible(
    viewerId: string,
    id: string,
    reader: Reader = this.database,
  ): Promise<VisiblePost | null> {
    return reader.one(sql`
      SELECT p.id, p.author_id AS "authorId", p.audience, p.group_id AS "groupId", p.shared_id AS "sharedId",
        (SELECT o.author_id FROM posts o WHERE o.id = p.shared_id) AS "sharedAuthorId"
      FROM posts p WHERE p.id = ${id} AND ${canSeePost(sql`${viewerId}`, p)}`);
  }

  async insert(
    transaction: Transaction,
    post: Pick<Post, 'id' | 'authorId' | 'audience' | 'groupId' | 'sharedId' | 'title' | 'content'>,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO posts (id, author_id, audience, group_id, shared_id, title, content, created_at)
      VALUES (${post.id}, ${post.authorId}, ${post.audience}, ${post.groupId}, ${post.sharedId}, ${post.title},
        ${post.content}, ${new Date().toISOString()})`);
  }

  async insertImported(transaction: Transaction, post: Post): Promise<void> {
    await transaction.insert(Post, post);
  }

  async update(transaction: Transaction, id: string, values: Partial<Post>): Promise<void> {
    await transaction.update(Post, { id }, values);
  }

  /** Stores content and audience before they change. */
  async keepVersion(transaction: Transaction, before: Post): Promise<void> {
    const version = {
      id: uuid(),
      postId: before.id,
      title: before.title,
      content: before.content,
      audience: before.audience,
      writtenAt: before.editedAt ?? before.createdAt,
    };
    await transaction.insert(PostVersion, version);
    if (before.audience === 'chosen')
      await transaction.run(sql`
        INSERT INTO version_chosen_followers (version_id, user_id, follow_id)
        SELECT v.id, chosen.user_id, chosen.follow_id
        FROM chosen_followers chosen JOIN post_versions v ON v.post_id = chosen.post_id
        WHERE chosen.post_id = ${before.id} AND v.id = ${version.id}`);
  }

  /** Who had the link is no longer known once the post can be found without it. */
  async closeUnlistedVersions(transaction: Transaction, postId: string): Promise<void> {
    await transaction.run(
      sql`UPDATE post_versions SET audience = NULL WHERE post_id = ${postId} AND audience = 'unlisted'`,
    );
  }

  findVersions(
    viewerId: string,
    postId: string,
    before: string | null,
    limit: number,
  ): Promise<Pick<PostVersion, 'id' | 'title' | 'content' | 'writtenAt'>[]> {
    const list = {
      rows: sql`posts p JOIN post_versions v ON v.post_id = p.id WHERE p.id = ${postId}`,
      id: sql`v.id`,
      columns: { title: sql`v.title`, content: sql`v.content`, writtenAt: sql`v.written_at` },
      rule: canSeeVersion(sql`${viewerId}`, { id: sql`v.id`, audience: sql`v.audience` }, p),
    };
    return findInPortions(this.database, list, before, limit);
  }

  /** The post that ends a portion of an author's posts, oldest first; null if the rest is smaller. */
  async findPortionEnd(
    authorId: string,
    after: string | null,
    size: number,
  ): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(sql`
      SELECT p.id FROM posts p WHERE p.author_id = ${authorId} AND p.id > ${after ?? FIRST_ID}
      ORDER BY p.id LIMIT 1 OFFSET ${size - 1}`);
    return row?.id ?? null;
  }

  async findIdsOf(authorId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT p.id FROM posts p
      WHERE p.author_id = ${authorId} AND p.id > ${after} ORDER BY p.id LIMIT ${limit}`);
  }

  async findShareIds(postId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT p.id FROM posts p
      WHERE p.shared_id = ${postId} AND p.id > ${after} ORDER BY p.id LIMIT ${limit}`);
  }

  async findIdsInGroup(groupId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT p.id FROM posts p WHERE p.group_id = ${groupId} AND p.id > ${after} ORDER BY p.id LIMIT ${limit}`);
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Post, { id });
  }

  /**
   * Removes the content of a deleted post whose comments and likes are gone. The row stays for rows that reference it.
   */
  async wipe(transaction: Transaction, postId: string): Promise<void> {
    for (const table of [
      sql`post_versions`,
      sql`post_hashtags`,
      sql`post_mentions`,
      sql`chosen_followers`,
    ])
      await transaction.run(sql`DELETE FROM ${table} WHERE post_id = ${postId}`);
    await transaction.run(sql`
      UPDATE posts SET title = NULL, content = '', shared_id = NULL, like_count = 0, comment_count = 0 WHERE id = ${postId}`);
  }
}
