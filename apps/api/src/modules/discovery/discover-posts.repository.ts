import { Injectable } from '@nestjs/common';
import {
  canSeeInLists,
  isCommentOpen,
  commentColumns,
  postColumns,
} from '../../access/post.access.js';
import { canSeeCard, follows, isMuted, narrowed } from '../../access/profile.access.js';
import { VisiblePosts, type NamedPosts } from '../../access/visible-posts.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyNamed,
  anyOf,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Sql,
} from '../../platform/database/statements.js';
import { isSuggested } from './discovery-settings.repository.js';
import { isDismissed } from './dismissals.repository.js';

/** Besides the hints, what people did last: a hint is some minutes old. */
const NEWEST_LOOKED_AT = 100;
/** Of each post, the newest reactions are asked about one by one. */
const LIKES_LOOKED_AT = 50;
const COMMENTS_LOOKED_AT = 30;
const SHARES_LOOKED_AT = 20;

export interface WeighedRow {
  id: string;
  authorId: string;
  createdAt: string;
  likes: number;
  commenters: number;
  sharers: number;
}

const viewer = named('viewer');
const p = postColumns(sql`p`);

const newest = (table: Sql, postId: Sql): Sql => sql`
  SELECT done.post_id FROM (
    SELECT ${postId} AS post_id FROM ${table} ORDER BY t.id DESC LIMIT ${NEWEST_LOOKED_AT}) AS done`;

const HINTS = sql`(
  SELECT stirring_posts.post_id FROM stirring_posts
  UNION ${newest(sql`post_likes t`, sql`t.post_id`)}
  UNION ${newest(sql`comments t`, sql`t.post_id`)}
  UNION ${newest(sql`posts t`, sql`t.shared_id`)})`;

/** Public posts of people whom the viewer could come to know by them. */
const IS_NEW = narrowed(
  canSeeInLists(viewer, p),
  sql`NOT ${follows(viewer, sql`p.author_id`)} AND NOT ${isMuted(viewer, sql`p.author_id`)}
  AND EXISTS (SELECT 1 FROM users AS author WHERE author.id = p.author_id AND author.visibility = 'public')
  AND ${isSuggested(sql`p.author_id`)}
  AND NOT ${isDismissed(viewer, 'person', sql`p.author_id`)} AND NOT ${isDismissed(viewer, 'post', sql`p.id`)}`,
);

/** Where to look, before the rule: what stirs people most comes first. */
const HINTED = sql`
  SELECT p.id FROM ${HINTS} AS hint JOIN posts p ON p.id = hint.post_id
  WHERE p.id > ${named('since')} AND p.audience = 'public' AND p.shared_id IS NULL AND p.author_id <> ${viewer}
  ORDER BY p.like_count + 2 * p.comment_count DESC, p.id DESC`;

const WEIGHED = shaped(
  (size: number) => sql`
    SELECT p.id, p.author_id AS "authorId", p.created_at AS "createdAt",
      (SELECT count(*) FROM (
        SELECT l.user_id FROM post_likes l WHERE l.post_id = p.id
        ORDER BY l.id DESC LIMIT ${LIKES_LOOKED_AT}) AS liked
        WHERE liked.user_id <> p.author_id AND ${canSeeCard(viewer, sql`liked.user_id`)}) AS likes,
      (SELECT count(DISTINCT c.author_id) FROM (
        SELECT said.* FROM comments said WHERE said.post_id = p.id AND said.parent_id IS NULL
        ORDER BY said.id DESC LIMIT ${COMMENTS_LOOKED_AT}) AS c
        WHERE c.author_id <> p.author_id
          AND ${isCommentOpen(viewer, commentColumns(sql`c`), sql`p.author_id`)}) AS commenters,
      (SELECT count(DISTINCT s.author_id) FROM (
        SELECT passed.* FROM posts passed WHERE passed.shared_id = p.id
        ORDER BY passed.id DESC LIMIT ${SHARES_LOOKED_AT}) AS s
        WHERE s.author_id <> p.author_id AND ${canSeeInLists(viewer, postColumns(sql`s`))}) AS sharers
    FROM posts p WHERE p.id IN (${anyNamed('ids', size)})`,
);

const OF_IDS = shaped((size: number) =>
  VisiblePosts.among(
    sql`posts p WHERE p.id IN (${anyNamed('ids', size)}) AND p.audience = 'public'`,
    IS_NEW,
  ),
);

@Injectable()
export class DiscoverPostsRepository {
  constructor(private readonly database: Database) {}

  /** Ids of public posts to ask about: some hundreds at most. */
  async findHinted(viewerId: string, since: string): Promise<string[]> {
    return this.database.ids(new Statement(HINTED, { viewer: viewerId, since }));
  }

  /** Those of these that the viewer may see in lists, by people whom they don't follow yet. */
  async findAmong(viewerId: string, ids: string[]): Promise<Set<string>> {
    const { posts, values } = this.ofIds(viewerId, ids);
    return new Set(await this.database.ids(new Statement(posts.sql, values)));
  }

  /** How many people reacted, as far as the viewer may know of them. */
  findWeighed(viewerId: string, ids: string[]): Promise<WeighedRow[]> {
    return this.database.many(new Statement(WEIGHED(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  /** Which of these hashtags these posts have. */
  async findTags(ids: string[], tags: string[]): Promise<{ postId: string; tag: string }[]> {
    if (!ids.length || !tags.length) return [];
    return this.database.many(sql`
      SELECT tagged.post_id AS "postId", tagged.tag FROM post_hashtags tagged
      WHERE tagged.post_id IN (${anyOf(ids)}) AND tagged.tag IN (${anyOf(tags)})`);
  }

  /** Those of these posts that are still for Discover. */
  ofIds(viewerId: string, ids: string[]): NamedPosts {
    return { posts: OF_IDS(sizeOf(ids)), values: { viewer: viewerId, ids } };
  }
}
