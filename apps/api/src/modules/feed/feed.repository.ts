import { Injectable } from '@nestjs/common';
import type { Audience } from '@echomate/contracts/posts.dto';
import {
  canSeeInLists,
  isCommentOpen,
  commentColumns,
  postColumns,
} from '../../access/post.access.js';
import { hiddenSizes } from '../../access/post-counts.access.js';
import { follows, isMuted } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { newestOf } from '../../platform/database/dialect.js';
import {
  anyOf,
  empty,
  join,
  selected,
  sql,
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
  hiddenFromViewer: number;
  hiddenFromAuthor: number;
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

const within = ({ after, before }: Span, id: Sql): Sql => sql`
  ${after ? sql`AND ${id} > ${after}` : empty} ${before ? sql`AND ${id} < ${before}` : empty}`;

const isIn = ({ after, upTo }: Portion, id: Sql): Sql => sql`
  ${within({ after }, id)} ${upTo ? sql`AND ${id} <= ${upTo}` : empty}`;

/** What the viewer may see in lists and has not muted, neither the author nor whom they pass on. */
const isWelcome = (viewer: Sql): Sql => sql`(
  ${canSeeInLists(viewer, p)} AND NOT ${isMuted(viewer, sql`p.author_id`)}
  AND (p.shared_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM posts AS passed WHERE passed.id = p.shared_id AND ${isMuted(viewer, sql`passed.author_id`)})))`;

@Injectable()
export class FeedRepository {
  constructor(private readonly database: Database) {}

  /**
   * Large authors whom the viewer follows and who may have written one of the newest `limit` posts: those whose
   * newest visible post is among the newest such. However many large ones somebody follows, the page asks few.
   */
  async findLargeFollowed(viewerId: string, span: Span, limit: number): Promise<string[]> {
    const rows = await this.database.many<{ id: string }>(sql`
      SELECT large.id FROM (
        SELECT a.author_id AS id, (
          SELECT p.id FROM posts p WHERE p.author_id = a.author_id ${within(span, sql`p.id`)}
            AND ${isWelcome(sql`${viewerId}`)} ORDER BY p.id DESC LIMIT 1) AS newest
        FROM large_authors a WHERE ${follows(sql`${viewerId}`, sql`a.author_id`)}) AS large
      WHERE large.newest IS NOT NULL ORDER BY large.newest DESC LIMIT ${limit}`);
    return rows.map(({ id }) => id);
  }

  /**
   * Names the newest posts of a home feed: what was handed out, what large authors wrote, and the own.
   * Posts of groups will be one more part.
   */
  newest(viewerId: string, largeAuthorIds: string[], span: Span, limit: number): Sql {
    return this.merged(viewerId, [viewerId, ...largeAuthorIds], span, limit);
  }

  /** Newer posts of others, up to `limit`. */
  async countNewer(
    viewerId: string,
    largeAuthorIds: string[],
    after: string,
    limit: number,
  ): Promise<number> {
    const newer = this.merged(viewerId, largeAuthorIds, { after }, limit);
    const row = await this.database.one<{ count: number }>(
      sql`SELECT count(*) AS count FROM (${newer}) AS newer`,
    );
    return row!.count;
  }

  /** The parts come sorted by their indexes, so the rule is asked of no more posts than the page needs. */
  private merged(viewerId: string, authorIds: string[], span: Span, limit: number): Sql {
    const parts = [
      this.handedOut(viewerId, authorIds, span),
      ...authorIds.map((authorId) => this.writtenBy(viewerId, authorId, span)),
    ];
    return newestOf(this.database.dialect, parts, limit);
  }

  findCandidates(viewerId: string, ids: Sql): Promise<CandidateRow[]> {
    const viewer = sql`${viewerId}`;
    return this.database.many(sql`
      SELECT p.id, p.author_id AS "authorId", p.created_at AS "createdAt",
        p.like_count AS "likeCount", p.comment_count AS "commentCount",
        ${selected(hiddenSizes(viewer, sql`p.author_id`))}, ${follows(sql`p.author_id`, viewer)} AS "isFriend"
      FROM (${ids}) AS candidate JOIN posts p ON p.id = candidate.id`);
  }

  /** Among the newest reactions to each of these posts. */
  findReactions(viewerId: string, postIds: string[]): Promise<ReactionsRow[]> {
    const viewer = sql`${viewerId}`;
    const isFollowed = (person: Sql) =>
      sql`(${follows(viewer, person)} AND NOT ${isMuted(viewer, person)})`;
    return this.database.many(sql`
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
      FROM posts p WHERE p.id IN (${anyOf(postIds)})`);
  }

  /** Those of these posts that the viewer may still see in a feed. */
  ofIds(viewerId: string, ids: string[]): Sql {
    return sql`SELECT p.id FROM posts p WHERE p.id IN (${anyOf(ids)}) AND ${isWelcome(sql`${viewerId}`)}`;
  }

  /** Without what is looked up, which may have been handed out before its author became large. */
  private handedOut(viewerId: string, lookedUpIds: string[], span: Span): Sql {
    const viewer = sql`${viewerId}`;
    return sql`
      SELECT e.post_id AS id FROM feed_entries e JOIN posts p ON p.id = e.post_id
      WHERE e.owner_id = ${viewerId} ${within(span, sql`e.post_id`)}
        ${lookedUpIds.length ? sql`AND p.author_id NOT IN (${join(lookedUpIds)})` : empty}
        AND ${follows(viewer, sql`p.author_id`)} AND ${isWelcome(viewer)}`;
  }

  private writtenBy(viewerId: string, authorId: string, span: Span): Sql {
    return sql`
      SELECT p.id FROM posts p
      WHERE p.author_id = ${authorId} ${within(span, sql`p.id`)} AND ${isWelcome(sql`${viewerId}`)}`;
  }

  // ——— handing out

  /** Deleted posts too: the rule hides them, and they may be restored. */
  findToHandOut(
    postId: string,
  ): Promise<{ authorId: string; audience: Audience; followers: number } | null> {
    return this.database.one(sql`
      SELECT p.author_id AS "authorId", p.audience, COALESCE(c.followers, 0) AS followers
      FROM posts p LEFT JOIN follow_counts c ON c.user_id = p.author_id
      WHERE p.id = ${postId} AND p.audience <> 'unlisted'`);
  }

  async handToChosen(transaction: Transaction, postId: string): Promise<void> {
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
      SELECT f.id FROM follows f WHERE f.followee_id = ${authorId} AND f.status = 'accepted'
        ${within({ after }, sql`f.id`)}
      ORDER BY f.id LIMIT 1 OFFSET ${size - 1}`);
    return row?.id ?? null;
  }

  /** The same of an author's posts. */
  async findPostPortionEnd(
    authorId: string,
    after: string | null,
    size: number,
  ): Promise<string | null> {
    const row = await this.database.one<{ id: string }>(sql`
      SELECT p.id FROM posts p WHERE p.author_id = ${authorId} ${within({ after }, sql`p.id`)}
      ORDER BY p.id LIMIT 1 OFFSET ${size - 1}`);
    return row?.id ?? null;
  }

  async handToFollowers(
    transaction: Transaction,
    { authorId, postId }: { authorId: string; postId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO feed_entries (owner_id, post_id)
      SELECT f.follower_id, p.id FROM follows f JOIN posts p ON p.id = ${postId}
      WHERE f.followee_id = ${authorId} AND f.status = 'accepted' ${isIn(portion, sql`f.id`)}
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
        WHERE p.author_id = ${followeeId} AND p.audience <> 'unlisted'
        ORDER BY p.id DESC LIMIT ${BACKFILLED}) AS recent
      JOIN follows f ON f.followee_id = recent.author_id AND f.follower_id = ${followerId}
      WHERE f.status = 'accepted'
        AND NOT EXISTS (SELECT 1 FROM large_authors a WHERE a.author_id = recent.author_id)
      ON CONFLICT DO NOTHING`);
  }

  /** Takes a post that is gone for good out of the feeds of its author's followers. */
  async takeBack(
    transaction: Transaction,
    { authorId, postId }: { authorId: string; postId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE post_id = ${postId} AND owner_id IN (
        SELECT f.follower_id FROM follows f
        WHERE f.followee_id = ${authorId} AND f.status = 'accepted' ${isIn(portion, sql`f.id`)})`);
  }

  /** Takes away what nobody would see anyway, unless they follow again by now. */
  async clear(
    transaction: Transaction,
    { followerId, followeeId }: { followerId: string; followeeId: string },
    portion: Portion,
  ): Promise<void> {
    await transaction.run(sql`
      DELETE FROM feed_entries WHERE owner_id = ${followerId}
        AND post_id IN (
          SELECT p.id FROM posts p WHERE p.author_id = ${followeeId} ${isIn(portion, sql`p.id`)})
        AND NOT ${follows(sql`${followerId}`, sql`${followeeId}`)}`);
  }
}
