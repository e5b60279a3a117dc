import { sql, type Sql } from '../platform/database/statements.js';
import { blockedEitherWay, hiddenFrom } from './profile.access.js';

/**
 * Numbers as one viewer may know them: what people hidden from the viewer did is not counted. Posts and
 * comments are named by their table's alias.
 */

/** Of a post or a comment. */
export const visibleLikes = (viewer: Sql, subject: Sql): Sql => sql`(${subject}.like_count - (
  SELECT count(*) FROM ${hiddenFrom(viewer)} AS hidden
  JOIN likes ON likes.subject_id = ${subject}.id AND likes.user_id = hidden.id))`;

/** Whose comments on a post a viewer does not see: those hidden from the viewer, and from the post's author. */
const silentOn = (viewer: Sql, post: Sql): Sql => sql`(
  SELECT mine.id FROM ${hiddenFrom(viewer)} AS mine
  UNION ALL
  SELECT theirs.id FROM ${hiddenFrom(sql`${post}.author_id`)} AS theirs
  WHERE NOT ${blockedEitherWay(viewer, sql`theirs.id`)})`;

/** A hidden comment takes its replies with it. */
export const visibleComments = (viewer: Sql, post: Sql): Sql => sql`(${post}.comment_count - (
  SELECT COALESCE(sum(CASE
    WHEN c.parent_id IS NULL THEN 1 + c.reply_count
    WHEN parent.author_id IN (SELECT also.id FROM ${silentOn(viewer, post)} AS also) THEN 0
    ELSE 1 END), 0)
  FROM ${silentOn(viewer, post)} AS hidden
  JOIN comments c ON c.author_id = hidden.id AND c.post_id = ${post}.id AND c.deleted_at IS NULL
  LEFT JOIN comments parent ON parent.id = c.parent_id))`;

export const visibleReplies = (
  viewer: Sql,
  comment: Sql,
  post: Sql,
): Sql => sql`(${comment}.reply_count - (
  SELECT count(*) FROM ${silentOn(viewer, post)} AS hidden
  JOIN comments r ON r.author_id = hidden.id AND r.post_id = ${post}.id
    AND r.parent_id = ${comment}.id AND r.deleted_at IS NULL))`;
