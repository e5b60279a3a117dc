import { Injectable } from '@nestjs/common';
import type { Audience } from '@echomate/contracts/posts.dto';
import {
  canSeeInLists,
  isCommentOpen,
  commentColumns,
  postColumns,
} from '../../access/post.access.js';
import { hiddenComments, hiddenLikes } from '../../access/hidden-counts.access.js';
import { follows, isAccepted, isMuted, narrowed } from '../../access/profile.access.js';
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
  type Transaction,
} from '../../platform/database/statements.js';

/** Ids are ordered by time: posts between two of them, both left out. */
export interface Span {
  after?: string | null;
  before?: string | null;
}

/** Part of a long list, from behind `after` to `upTo`; null is the list's beginning or end. */
export interface Portion {
  after: string | null;
  upTo: string | null;
}

/** A post that may stand high up, with counters that count everyone: see `VisibleCounts`. */
export interface CandidateRow {
  id: string;
  authorId: string;
  createdAt: string;
  likeCount: number;
  commentCount: number;
  hiddenLikes: number | null;
  hiddenComments: number | null;
  isFriend: boolean | number;
}

/** Of people whom the viewer follows */
export interface ReactionsRow {
  id: string;
  followedLikes: number;
  followedCommenters: number;
}

const BACKFILLED = 500;
const REACTIONS_LOOKED_AT = 50;

const p = postColumns(sql`p`);

const within = ({ after, upTo }: Portion, id: Sql): Sql => sql`
  ${after ? sql`AND ${id} > ${after}` : empty} ${upTo ? sql`AND ${id} <= ${upTo}` : empty}`;

const viewer = named('viewer');
const limit = named('limit');

/** The parts of a feed lie between two posts, both left out. */
const isInSpan = (id: Sql): Sql => sql`${id} > ${named('after')} AND ${id} < ${named('before')}`;

const ends = ({ after, before }: Span) => ({ after: after ?? FIRST_ID, before: before ?? LAST_ID });

/** What the viewer may see in lists and has not muted, neither the author nor whom they pass on. */
const IS_SEEN_AND_NOT_MUTED = narrowed(
  canSeeInLists(viewer, p),
  sql`NOT ${isMuted(viewer, sql`p.author_id`)}
  AND (p.shared_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM posts AS passed WHERE passed.id = p.shared_id AND ${isMuted(viewer, sql`passed.author_id`)}))`,
);

const LARGE_FOLLOWED = sql`
  SELECT large.id FROM (
    SELECT a.author_id AS id, (
      SELECT p.id FROM posts p WHERE p.author_id = a.author_id AND ${isInSpan(sql`p.id`)}
        AND ${IS_SEEN_AND_NOT_MUTED} ORDER BY p.id DESC LIMIT 1) AS newest
    FROM large_authors a WHERE ${follows(viewer, sql`a.author_id`)}) AS large
  WHERE large.newest IS NOT NULL ORDER BY large.newest DESC LIMIT ${limit}`;

/** Without what is looked up, which may have been fanned out before its author became large. */
const fannedOut = (lookedUp: number): VisiblePosts =>
  VisiblePosts.among(
    sql`feed_entries e JOIN posts p ON p.id = e.post_id
      WHERE e.owner_id = ${viewer} AND ${isInSpan(sql`e.post_id`)}
        ${lookedUp ? sql`AND p.author_id NOT IN (${anyNamed('lookedUp', lookedUp)})` : empty}
        AND ${follows(viewer, sql`p.author_id`)}`,
    IS_SEEN_AND_NOT_MUTED,
    sql`e.post_id`,
  );

const writtenBy = (author: Sql): VisiblePosts =>
  VisiblePosts.among(
    sql`posts p WHERE p.author_id = ${author} AND ${isInSpan(sql`p.id`)}`,
    IS_SEEN_AND_NOT_MUTED,
  );

/** The parts come sorted by their indexes, so the rule is asked of no more posts than the page needs. */
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
        hiddenLikes: hiddenLikes(viewer, { id: sql`p.id`, likeCount: sql`p.like_count` }),
        hiddenComments: hiddenComments(viewer, { ...p, commentCount: sql`p.comment_count` }),
      })}, ${follows(sql`p.author_id`, viewer)} AS "isFriend"
    FROM posts p WHERE p.id IN (${anyNamed('ids', size)})`,
);

const isFollowed = (person: Sql) =>
  sql`(${follows(viewer, person)} AND NOT ${isMuted(viewer, person)})`;

const REACTIONS = shaped(
  (size: number) => sql`
    SELECT p.id,
      (SELECT count(*) FROM (
        SELECT l.user_id FROM likes l WHERE l.subject_id = p.id
        ORDER BY l.id DESC LIMIT ${REACTIONS_LOOKED_AT}) AS liked
        WHERE liked.user_id <> p.author_id AND ${isFollowed(sql`liked.user_id`)}) AS "followedLikes",
      (SELECT count(DISTINCT c.author_id) FROM (
        SELECT said.* FROM comments said WHERE said.post_id = p.id
        ORDER BY said.id DESC LIMIT ${REACTIONS_LOOKED_AT}) AS c
        WHERE c.author_id <> p.author_id AND ${isFollowed(sql`c.author_id`)}
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
   * Large authors whom the viewer follows and who may have written one of the newest `limit` posts: those whose
   * newest visible post is among the newest such. However many large ones somebody follows, the page asks few.
   */
  async findLargeFollowed(viewerId: string, span: Span, limit: number): Promise<string[]> {
    const values = { viewer: viewerId, ...ends(span), limit };
    const rows = await this.database.many<{ id: string }>(new Statement(LARGE_FOLLOWED, values));
    return rows.map(({ id }) => id);
  }

  /**
   * Names the newest posts of a home feed: what was fanned out, what large authors wrote, and the own.
   * Posts of groups will be one more part.
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
    const rows = await this.database.many<{ id: string }>(new Statement(posts.sql, values));
    return rows.map(({ id }) => id);
  }

  /** Newer posts of others, up to `limit`. */
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

  /** What ranks posts of a feed; whoever shows one of them asks the rule again. */
  findCandidates(viewerId: string, ids: string[]): Promise<CandidateRow[]> {
    return this.database.many(new Statement(CANDIDATES(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  /** Among the newest reactions to each of these posts. */
  findReactions(viewerId: string, postIds: string[]): Promise<ReactionsRow[]> {
    const values = { viewer: viewerId, ids: postIds };
    return this.database.many(new Statement(REACTIONS(sizeOf(postIds)), values));
  }

  /** Those of these posts that the viewer may still see in a feed. */
  ofIds(viewerId: string, ids: string[]): NamedPosts {
    return { posts: OF_IDS(sizeOf(ids)), values: { viewer: viewerId, ids } };
  }

  // ——— fan-out

  /** Deleted posts too: the rule hides them, and they may be restored. */
  findForFanOut(
    postId: string,
  ): Promise<{ authorId: string; audience: Audience; followers: number } | null> {
    return this.database.one(sql`
      SELECT p.author_id AS "authorId", p.audience, COALESCE(c.followers, 0) AS followers
      FROM posts p LEFT JOIN follow_counts c ON c.user_id = p.author_id
      WHERE p.id = ${postId}`);
  }

  async addForChosen(transaction: Transaction, postId: string): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT chosen.user_id, chosen.post_id FROM chosen_followers chosen WHERE chosen.post_id = ${postId}
      ON CONFLICT DO NOTHING`);
  }

  /** The follow at which a portion of an author's followers ends; null if the rest is smaller. */
  async findPortionEnd(
    authorId: string,
    after: string | null,
    size: number,
  ): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(sql`
      SELECT f.id FROM follows f WHERE f.followee_id = ${authorId} AND ${isAccepted(sql`f`)}
        ${within({ after, upTo: null }, sql`f.id`)}
      ORDER BY f.id LIMIT 1 OFFSET ${size - 1}`);
    return row?.id ?? null;
  }

  async addForFollowers(
    transaction: Transaction,
    { authorId, postId }: { authorId: string; postId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT f.follower_id, p.id FROM follows f JOIN posts p ON p.id = ${postId}
      WHERE f.followee_id = ${authorId} AND ${isAccepted(sql`f`)} ${within(portion, sql`f.id`)}
      ON CONFLICT DO NOTHING`);
  }

  async markLarge(transaction: Transaction, authorId: string): Promise<void> {
    await transaction.run(
      sql`INSERT INTO large_authors (author_id) VALUES (${authorId}) ON CONFLICT DO NOTHING`,
    );
  }

  /** Gives a new follower what there was before they came; what is deleted may be restored. */
  async backfill(transaction: Transaction, followerId: string, followeeId: string): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT f.follower_id, recent.id
      FROM (SELECT p.id, p.author_id FROM posts p
        WHERE p.author_id = ${followeeId} AND p.audience IN ('public', 'followers', 'chosen')
        ORDER BY p.id DESC LIMIT ${BACKFILLED}) AS recent
      JOIN follows f ON f.followee_id = recent.author_id AND f.follower_id = ${followerId}
      WHERE ${isAccepted(sql`f`)}
        AND NOT EXISTS (SELECT 1 FROM large_authors a WHERE a.author_id = recent.author_id)
      ON CONFLICT DO NOTHING`);
  }

  /** Takes a post that is gone for good out of the feeds of its author's followers. */
  async removePost(
    transaction: Transaction,
    { authorId, postId }: { authorId: string; postId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE post_id = ${postId} AND owner_id IN (
        SELECT f.follower_id FROM follows f
        WHERE f.followee_id = ${authorId} AND ${isAccepted(sql`f`)} ${within(portion, sql`f.id`)})`);
  }

  /** Takes away what nobody would see anyway, unless they follow again by now. */
  async removeAuthor(
    transaction: Transaction,
    { followerId, followeeId }: { followerId: string; followeeId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE owner_id = ${followerId}
        AND post_id IN (
          SELECT p.id FROM posts p WHERE p.author_id = ${followeeId} ${within(portion, sql`p.id`)})
        AND NOT ${follows(sql`${followerId}`, sql`${followeeId}`)}`);
  }
}
