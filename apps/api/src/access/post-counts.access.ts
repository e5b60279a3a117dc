import { sql, type Sql } from '../platform/database/statements.js';
import { blockedEitherWay, hiddenFrom } from './profile.access.js';
import { isHeard } from './post.access.js';

/**
 * What counters count too much for one viewer: what people did who are hidden from the viewer, and, of
 * comments, those who are hidden from the post's author. Each question has two forms that answer the same:
 * one looks at everything that was counted, the other at everyone who is hidden. `VisibleCounts` asks
 * whichever has less to look at. The latter begins with the people: `CROSS JOIN` keeps SQLite from beginning
 * with everything that was counted and looking at all of them for each.
 */

/** Enough to tell which form has less to look at. */
const COUNTED_HIDDEN = 1000;

export const hiddenPeople = (person: Sql): Sql => sql`(SELECT count(*) FROM (
  SELECT 1 FROM ${hiddenFrom(person)} AS silent LIMIT ${COUNTED_HIDDEN}) AS counted)`;

/** To be selected with a post or comment: how many are hidden from the viewer, and from the post's author. */
export const hiddenSizes = (viewer: Sql, postAuthor: Sql) => ({
  hiddenFromViewer: hiddenPeople(viewer),
  hiddenFromAuthor: hiddenPeople(postAuthor),
});

const HIDDEN = sql`AS "subjectId", count(*) AS hidden`;

export const hiddenLikesByLike = (viewer: Sql, subjectIds: Sql): Sql => sql`
  SELECT l.subject_id ${HIDDEN} FROM likes l
  WHERE l.subject_id IN (${subjectIds}) AND ${blockedEitherWay(viewer, sql`l.user_id`)}
  GROUP BY l.subject_id`;

/** Each person once: two may have blocked each other. */
const everyoneHiddenFrom = (viewer: Sql): Sql =>
  sql`(SELECT DISTINCT both_ways.id FROM ${hiddenFrom(viewer)} AS both_ways)`;

export const hiddenLikesByPerson = (viewer: Sql, subjectIds: Sql): Sql => sql`
  SELECT l.subject_id ${HIDDEN} FROM ${everyoneHiddenFrom(viewer)} AS silent CROSS JOIN likes l
  WHERE l.user_id = silent.id AND l.subject_id IN (${subjectIds})
  GROUP BY l.subject_id`;

/** A hidden comment takes its replies with it. */
export const hiddenCommentsByComment = (viewer: Sql, postIds: Sql): Sql => sql`
  SELECT c.post_id ${HIDDEN} FROM posts p JOIN comments c ON c.post_id = p.id
  LEFT JOIN comments parent ON parent.id = c.parent_id
  WHERE p.id IN (${postIds}) AND c.deleted_at IS NULL AND (
    NOT ${isHeard(viewer, sql`p.author_id`, sql`c.author_id`)}
    OR (c.parent_id IS NOT NULL AND NOT ${isHeard(viewer, sql`p.author_id`, sql`parent.author_id`)}))
  GROUP BY c.post_id`;

/** Whose comments on a post a viewer does not see, each once. */
const silentOn = (viewer: Sql, post: Sql): Sql => sql`(
  SELECT mine.id FROM ${hiddenFrom(viewer)} AS mine
  UNION
  SELECT theirs.id FROM ${hiddenFrom(sql`${post}.author_id`)} AS theirs)`;

export const hiddenCommentsByPerson = (viewer: Sql, postIds: Sql): Sql => sql`
  SELECT p.id AS "subjectId", (
    SELECT COALESCE(sum(CASE
      WHEN c.parent_id IS NULL THEN 1 + c.reply_count
      WHEN ${isHeard(viewer, sql`p.author_id`, sql`parent.author_id`)} THEN 1
      ELSE 0 END), 0)
    FROM ${silentOn(viewer, sql`p`)} AS silent CROSS JOIN comments c
    LEFT JOIN comments parent ON parent.id = c.parent_id
    WHERE c.author_id = silent.id AND c.post_id = p.id AND c.deleted_at IS NULL) AS hidden
  FROM posts p WHERE p.id IN (${postIds})`;

export const hiddenRepliesByReply = (viewer: Sql, commentIds: Sql): Sql => sql`
  SELECT r.parent_id ${HIDDEN} FROM comments r JOIN posts p ON p.id = r.post_id
  WHERE r.parent_id IN (${commentIds}) AND r.deleted_at IS NULL
    AND NOT ${isHeard(viewer, sql`p.author_id`, sql`r.author_id`)}
  GROUP BY r.parent_id`;

/** Without a parent it is no reply; said like this, SQLite looks for what a person wrote, not for all replies. */
export const hiddenRepliesByPerson = (viewer: Sql, commentIds: Sql): Sql => sql`
  SELECT c.id AS "subjectId", (
    SELECT count(*) FROM ${silentOn(viewer, sql`p`)} AS silent CROSS JOIN comments r
    WHERE r.author_id = silent.id AND r.post_id = p.id AND r.deleted_at IS NULL
      AND COALESCE(r.parent_id, p.id) = c.id) AS hidden
  FROM comments c JOIN posts p ON p.id = c.post_id WHERE c.id IN (${commentIds})`;
