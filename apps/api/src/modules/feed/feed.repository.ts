import { setImmediate as nextTurn } from 'node:timers/promises';
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
import { FIRST_ID, idBehind, LAST_ID } from '../../platform/database/ids.js';
import {
  anyNamed,
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

/** What one statement reads of a feed. */
export interface Portion {
  /** Large authors whom the viewer follows and whose newest visible post in it is among the newest of such posts */
  large: string[];
  span: Span;
  /** Nothing of the span is older. */
  isLast: boolean;
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

/** Posts of a source before the rule: enough for nearly every page, and fast to find the end of. */
const FIRST_PORTION = 250;
const FURTHER_PORTION = 1000;
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
  SELECT a.author_id AS id FROM large_authors a
  WHERE ${follows(viewer, sql`a.author_id`)} AND NOT ${isMuted(viewer, sql`a.author_id`)}`;

const nth = (id: Sql, rows: Sql): Sql => sql`(
  SELECT ${id} FROM ${rows} AND ${isInSpan(id)} ORDER BY ${id} DESC LIMIT 1 OFFSET ${named('size')})`;

/**
 * Where the first source of a feed has so many posts before the rule, which ends a portion of all of them, and the
 * large authors with visible posts in the portion.
 */
const PORTION = sql`
  WITH followed AS MATERIALIZED (${LARGE_FOLLOWED}),
  portion_end AS MATERIALIZED (
    SELECT ends.id FROM (
      SELECT ${nth(sql`e.post_id`, sql`feed_entries e WHERE e.owner_id = ${viewer}`)} AS id
      UNION ALL SELECT ${nth(sql`p.id`, sql`posts p WHERE p.author_id = followed.id`)} FROM followed) AS ends
    WHERE ends.id IS NOT NULL ORDER BY ends.id DESC LIMIT 1)
  SELECT id, 0 AS "isEnd" FROM (
    SELECT large.id FROM (
      SELECT followed.id, (
        SELECT p.id FROM posts p WHERE p.author_id = followed.id
          AND p.id > COALESCE((SELECT portion_end.id FROM portion_end), ${named('after')}) AND p.id < ${named('before')}
          AND ${IS_SEEN_AND_NOT_MUTED} ORDER BY p.id DESC LIMIT 1) AS newest
      FROM followed) AS large
    WHERE large.newest IS NOT NULL ORDER BY large.newest DESC LIMIT ${limit}) AS shown
  UNION ALL SELECT portion_end.id, 1 FROM portion_end`;

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
   * The newest portion of a span. However many large authors somebody follows, a page reads few of them, and however
   * many posts are hidden or muted, the rule is tested for a portion at most.
   */
  async findPortion(
    viewerId: string,
    span: Span,
    limit: number,
    size = FIRST_PORTION,
  ): Promise<Portion> {
    const values = { viewer: viewerId, ...ends(span), limit, size };
    const rows = await this.database.many<{ id: string; isEnd: number }>(
      new Statement(PORTION, values),
    );
    const end = rows.find(({ isEnd }) => isEnd)?.id ?? null;
    const large = rows.filter(({ isEnd }) => !isEnd).map(({ id }) => id);
    return { large, span: { after: end ?? span.after, before: span.before }, isLast: end === null };
  }

  /**
   * The newest posts of a home feed, from three sources: fanned-out posts, those of groups among them, posts of large
   * authors, and the viewer's own.
   */
  newest(viewerId: string, { large, span }: Portion, limit: number): NamedPosts {
    return this.looked(viewerId, [viewerId, ...large], span, limit);
  }

  /** The same in as many portions as it takes. `large` is how many large authors each of them reads. */
  async findNewestIds(
    viewerId: string,
    span: Span,
    limit: number,
    { large = limit, withOwn = true } = {},
  ): Promise<string[]> {
    const found: string[] = [];
    let rest = span;
    for (let size = FIRST_PORTION; ; size = FURTHER_PORTION) {
      const portion = await this.findPortion(viewerId, rest, large, size);
      const authorIds = withOwn ? [viewerId, ...portion.large] : portion.large;
      const left = limit - found.length;
      const { posts, values } = this.looked(viewerId, authorIds, portion.span, left);
      found.push(...(await this.database.ids(new Statement(posts.sql, values))));
      if (found.length === limit || portion.isLast) return found;
      rest = { after: span.after, before: idBehind(portion.span.after!) };
      await nextTurn();
    }
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
