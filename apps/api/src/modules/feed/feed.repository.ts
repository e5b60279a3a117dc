import { Injectable } from '@nestjs/common';
import {
  canSeeInLists,
  isCommentOpen,
  commentColumns,
  postColumns,
} from '../../access/post.access.js';
import { hiddenComments, hiddenLikes } from '../../access/hidden-counts.access.js';
import { follows, isActive, isMuted, narrowed } from '../../access/profile.access.js';
import { VisiblePosts, type NamedPosts } from '../../access/visible-posts.access.js';
import type { Dialect } from '../../platform/database/columns.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID, LAST_ID } from '../../platform/database/ids.js';
import {
  anyNamed,
  around,
  empty,
  named,
  namedAt,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Sql,
} from '../../platform/database/statements.js';

/** Posts between two ids, both excluded; ids are ordered by time. */
export interface Span {
  after?: string | null;
  before?: string | null;
}

/** A post to rank, with counters that include everyone: see `VisibleCounts`. */
export interface CandidateRow {
  id: string;
  /** Null for the post of an event */
  authorId: string | null;
  createdAt: string;
  likeCount: number;
  commentCount: number;
  hiddenLikes: number | null;
  hiddenComments: number | null;
  isFriend: boolean | number;
  /** Otherwise it is there because the viewer is in its group. */
  isFollowed: boolean | number;
}

/** Reactions of people whom the viewer follows */
export interface ReactionsRow {
  id: string;
  followedLikes: number;
  followedCommenters: number;
}

const REACTIONS_LOOKED_AT = 50;

const p = postColumns(sql`p`);

const viewer = named('viewer');
const limit = named('limit');

/** Each source of a feed is limited to the span, both ends excluded. */
const isInSpan = (id: Sql): Sql => sql`${id} > ${named('after')} AND ${id} < ${named('before')}`;

const ends = ({ after, before }: Span) => ({ after: after ?? FIRST_ID, before: before ?? LAST_ID });

/** What the viewer may see in lists, of authors not muted, and of originals and events likewise. */
const IS_SEEN_AND_NOT_MUTED = narrowed(
  canSeeInLists(viewer, p),
  sql`NOT ${isMuted(viewer, sql`p.author_id`)}
  AND (p.shared_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM posts AS passed WHERE passed.id = p.shared_id AND ${isMuted(viewer, sql`passed.author_id`)}))
  AND (p.author_id IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM event_series AS made WHERE made.id = p.id AND ${isMuted(viewer, sql`made.creator_id`)}))`,
);

const LARGE_FOLLOWED = sql`
  SELECT large.id FROM (
    SELECT a.author_id AS id, (
      SELECT p.id FROM posts p WHERE p.author_id = a.author_id AND ${isInSpan(sql`p.id`)}
        AND ${IS_SEEN_AND_NOT_MUTED} ORDER BY p.id DESC LIMIT 1) AS newest
    FROM large_authors a WHERE ${follows(viewer, sql`a.author_id`)}) AS large
  WHERE large.newest IS NOT NULL ORDER BY large.newest DESC LIMIT ${limit}`;

/** Without authors that are looked up: their posts may have been fanned out before they became large. */
const fannedOut = (lookedUp: number): VisiblePosts =>
  VisiblePosts.among(
    sql`feed_entries e JOIN posts p ON p.id = e.post_id
      WHERE e.owner_id = ${viewer} AND ${isInSpan(sql`e.post_id`)}
        ${lookedUp ? sql`AND (p.author_id IS NULL OR p.author_id NOT IN (${anyNamed('lookedUp', lookedUp)}))` : empty}
        AND (p.group_id IS NOT NULL OR ${follows(viewer, sql`p.author_id`)})`,
    IS_SEEN_AND_NOT_MUTED,
    sql`e.post_id`,
  );

const writtenBy = (author: Sql): VisiblePosts =>
  VisiblePosts.among(
    sql`posts p WHERE p.author_id = ${author} AND ${isInSpan(sql`p.id`)}`,
    IS_SEEN_AND_NOT_MUTED,
  );

/** Every source is sorted by its index, so the rule is tested for no more posts than the page needs. */
const merged = (dialect: Dialect) =>
  shaped((lookedUp: number) => {
    const authors = Array.from({ length: lookedUp }, (_, at) => namedAt('lookedUp', at));
    const sources = [fannedOut(lookedUp), ...authors.map(writtenBy)];
    return VisiblePosts.newestOf(dialect, sources, limit);
  });

const COUNTED = around(
  (newer: VisiblePosts) => sql`SELECT count(*) AS count FROM (${newer.sql}) AS newer`,
);

const CANDIDATES = shaped(
  (size: number) => sql`
    SELECT p.id, p.author_id AS "authorId", p.created_at AS "createdAt",
      p.like_count AS "likeCount", p.comment_count AS "commentCount",
      ${selected({
        hiddenLikes: hiddenLikes('post', viewer, { id: sql`p.id`, likeCount: sql`p.like_count` }),
        hiddenComments: hiddenComments(viewer, { ...p, commentCount: sql`p.comment_count` }),
      })}, ${follows(sql`p.author_id`, viewer)} AS "isFriend",
      ${follows(viewer, sql`p.author_id`)} AS "isFollowed"
    FROM posts p WHERE p.id IN (${anyNamed('ids', size)})`,
);

const isFollowed = (person: Sql) =>
  sql`(${follows(viewer, person)} AND ${isActive(person)} AND NOT ${isMuted(viewer, person)})`;

const REACTIONS = shaped(
  (size: number) => sql`
    SELECT p.id,
      (SELECT count(*) FROM (
        SELECT l.user_id FROM post_likes l WHERE l.post_id = p.id
        ORDER BY l.id DESC LIMIT ${REACTIONS_LOOKED_AT}) AS liked
        WHERE liked.user_id IS DISTINCT FROM p.author_id AND ${isFollowed(sql`liked.user_id`)}) AS "followedLikes",
      (SELECT count(DISTINCT c.author_id) FROM (
        SELECT said.* FROM comments said WHERE said.post_id = p.id
        ORDER BY said.id DESC LIMIT ${REACTIONS_LOOKED_AT}) AS c
        WHERE c.author_id IS DISTINCT FROM p.author_id AND ${isFollowed(sql`c.author_id`)}
          AND ${isCommentOpen(viewer, commentColumns(sql`c`), sql`p.author_id`)}) AS "followedCommenters"
    FROM posts p WHERE p.id IN (${anyNamed('ids', size)})`,
);

const OF_IDS = shaped((size: number) =>
  VisiblePosts.among(sql`posts p WHERE p.id IN (${anyNamed('ids', size)})`, IS_SEEN_AND_NOT_MUTED),
);

@Injectable()
export class FeedRepository {
  private readonly merged: (lookedUp: number) => VisiblePosts;

  constructor(private readonly database: Database) {
    this.merged = merged(database.dialect);
  }

  /**
   * Large authors whom the viewer follows and whose newest visible post is among the newest `limit` of such posts.
   * However many large authors somebody follows, the page reads few of them.
   */
  async findLargeFollowed(viewerId: string, span: Span, limit: number): Promise<string[]> {
    const values = { viewer: viewerId, ...ends(span), limit };
    return this.database.ids(new Statement(LARGE_FOLLOWED, values));
  }

  /**
   * The newest posts of a home feed, from three sources: fanned-out posts, those of groups among them, posts of large
   * authors, and the viewer's own.
   */
  newest(viewerId: string, largeAuthorIds: string[], span: Span, limit: number): NamedPosts {
    return this.looked(viewerId, [viewerId, ...largeAuthorIds], span, limit);
  }

  async findNewestIds(
    viewerId: string,
    largeAuthorIds: string[],
    span: Span,
    limit: number,
  ): Promise<string[]> {
    const { posts, values } = this.newest(viewerId, largeAuthorIds, span, limit);
    return this.database.ids(new Statement(posts.sql, values));
  }

  /** Counts newer posts of others, up to `limit`. */
  async countNewer(
    viewerId: string,
    largeAuthorIds: string[],
    after: string,
    limit: number,
  ): Promise<number> {
    const newer = this.looked(viewerId, largeAuthorIds, { after }, limit);
    const row = await this.database.one<{ count: number }>(
      new Statement(COUNTED(newer.posts), newer.values),
    );
    return row!.count;
  }

  private looked(viewerId: string, authorIds: string[], span: Span, limit: number): NamedPosts {
    const values = { viewer: viewerId, lookedUp: authorIds, ...ends(span), limit };
    return { posts: this.merged(authorIds.length), values };
  }

  /** The ranking inputs of posts in a feed; reading a post tests the rule again. */
  findCandidates(viewerId: string, ids: string[]): Promise<CandidateRow[]> {
    return this.database.many(new Statement(CANDIDATES(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  /** Counted among the newest reactions to each post. */
  findReactions(viewerId: string, postIds: string[]): Promise<ReactionsRow[]> {
    const values = { viewer: viewerId, ids: postIds };
    return this.database.many(new Statement(REACTIONS(sizeOf(postIds)), values));
  }

  /** Those of these posts that the viewer may still see in a feed. */
  ofIds(viewerId: string, ids: string[]): NamedPosts {
    return { posts: OF_IDS(sizeOf(ids)), values: { viewer: viewerId, ids } };
  }
}
