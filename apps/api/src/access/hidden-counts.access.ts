import { sql, type Sql } from '../platform/database/statements.js';
import { canSeeCommenter } from './post.access.js';
import { blockedEitherWay, hiddenFrom, isFollowing, type IdRange } from './profile.access.js';

/**
 * What counters count too much for one viewer: what people did who are hidden from the viewer and, of comments,
 * those who are hidden from the post's author. It can be counted in two ways that give the same: along what was
 * counted, or along who is hidden. Where either is few, a column of the row's own statement says it at once. Where
 * both are many it is null, and `VisibleCounts` counts in portions.
 *
 * The second way begins with the people: `CROSS JOIN` keeps SQLite from beginning with everything that was counted
 * and looking at all of them for each.
 */

const FEW = 100;

const number = (rows: Sql): Sql => sql`(SELECT count(*) FROM ${rows})`;

const upToFew = (people: Sql): Sql =>
  number(sql`(SELECT 1 FROM ${people} AS hidden_person LIMIT ${FEW + 1}) AS few`);

/** Each person once: two may have blocked each other. */
const hiddenPeopleOnce = (viewer: Sql, among?: IdRange): Sql =>
  sql`(SELECT DISTINCT both_ways.id FROM ${hiddenFrom(viewer, among)} AS both_ways)`;

/** Whose comments on a post a viewer does not see, each once. */
const hiddenOnPost = (viewer: Sql, postAuthor: Sql, among?: IdRange): Sql => sql`(
  SELECT mine.id FROM ${hiddenFrom(viewer, among)} AS mine
  UNION
  SELECT theirs.id FROM ${hiddenFrom(postAuthor, among)} AS theirs)`;

/** One of the two ways at once, if there is little to look at. */
const atOnce = (count: Sql, hiddenPeople: Sql, alongCounted: Sql, alongPeople: Sql): Sql => sql`
  CASE
    WHEN ${count} = 0 THEN 0
    WHEN ${hiddenPeople} = 0 THEN 0
    WHEN ${count} <= ${FEW} THEN ${alongCounted}
    WHEN ${hiddenPeople} <= ${FEW} THEN ${alongPeople} END`;

// ——— likes of a post or comment

export const hiddenAmongLikes = (viewer: Sql, subject: Sql): Sql =>
  number(
    sql`likes l WHERE l.subject_id = ${subject} AND ${blockedEitherWay(viewer, sql`l.user_id`)}`,
  );

export const likesOfHidden = (viewer: Sql, subject: Sql, among?: IdRange): Sql =>
  number(sql`${hiddenPeopleOnce(viewer, among)} AS hidden_person CROSS JOIN likes l
    WHERE l.user_id = hidden_person.id AND l.subject_id = ${subject}`);

export const hiddenLikes = (viewer: Sql, subject: { id: Sql; likeCount: Sql }): Sql =>
  atOnce(
    subject.likeCount,
    upToFew(hiddenFrom(viewer)),
    hiddenAmongLikes(viewer, subject.id),
    likesOfHidden(viewer, subject.id),
  );

// ——— comments on a post; a hidden comment takes its replies with it

export interface CountedPost {
  id: Sql;
  authorId: Sql;
}

export const hiddenAmongComments = (viewer: Sql, { id, authorId }: CountedPost): Sql =>
  number(sql`comments c LEFT JOIN comments parent ON parent.id = c.parent_id
    WHERE c.post_id = ${id} AND c.deleted_at IS NULL AND (
      NOT ${canSeeCommenter(viewer, authorId, sql`c.author_id`)}
      OR (c.parent_id IS NOT NULL AND NOT ${canSeeCommenter(viewer, authorId, sql`parent.author_id`)}))`);

export const commentsOfHidden = (
  viewer: Sql,
  { id, authorId }: CountedPost,
  among?: IdRange,
) => sql`(
  SELECT COALESCE(sum(CASE
    WHEN c.parent_id IS NULL THEN 1 + c.reply_count
    WHEN ${canSeeCommenter(viewer, authorId, sql`parent.author_id`)} THEN 1
    ELSE 0 END), 0)
  FROM ${hiddenOnPost(viewer, authorId, among)} AS hidden_person CROSS JOIN comments c
  LEFT JOIN comments parent ON parent.id = c.parent_id
  WHERE c.author_id = hidden_person.id AND c.post_id = ${id} AND c.deleted_at IS NULL)`;

const countHiddenOnPost = (viewer: Sql, postAuthor: Sql): Sql =>
  sql`(${upToFew(hiddenFrom(viewer))} + ${upToFew(hiddenFrom(postAuthor))})`;

export const hiddenComments = (viewer: Sql, post: CountedPost & { commentCount: Sql }): Sql =>
  atOnce(
    post.commentCount,
    countHiddenOnPost(viewer, post.authorId),
    hiddenAmongComments(viewer, post),
    commentsOfHidden(viewer, post),
  );

// ——— replies to a comment

export interface CountedComment {
  id: Sql;
  postId: Sql;
  postAuthorId: Sql;
}

export const hiddenAmongReplies = (viewer: Sql, { id, postAuthorId }: CountedComment): Sql =>
  number(sql`comments r WHERE r.parent_id = ${id} AND r.deleted_at IS NULL
    AND NOT ${canSeeCommenter(viewer, postAuthorId, sql`r.author_id`)}`);

/** Without a parent it is no reply; said like this, SQLite looks for what a person wrote, not for all replies. */
export const repliesOfHidden = (
  viewer: Sql,
  { id, postId, postAuthorId }: CountedComment,
  among?: IdRange,
): Sql =>
  number(sql`${hiddenOnPost(viewer, postAuthorId, among)} AS hidden_person CROSS JOIN comments r
    WHERE r.author_id = hidden_person.id AND r.post_id = ${postId} AND r.deleted_at IS NULL
      AND COALESCE(r.parent_id, ${postId}) = ${id}`);

export const hiddenReplies = (viewer: Sql, comment: CountedComment & { replyCount: Sql }): Sql =>
  atOnce(
    comment.replyCount,
    countHiddenOnPost(viewer, comment.postAuthorId),
    hiddenAmongReplies(viewer, comment),
    repliesOfHidden(viewer, comment),
  );

// ——— followers of a person, and whom they follow

export const followersHidden = (viewer: Sql, person: Sql, among?: IdRange): Sql =>
  number(
    sql`${hiddenPeopleOnce(viewer, among)} AS hidden_person WHERE ${isFollowing(sql`hidden_person.id`, person)}`,
  );

export const followingHidden = (viewer: Sql, person: Sql, among?: IdRange): Sql =>
  number(
    sql`${hiddenPeopleOnce(viewer, among)} AS hidden_person WHERE ${isFollowing(person, sql`hidden_person.id`)}`,
  );

/** Only along the people: that is few for nearly everyone. */
export const ifFewAreHidden = (viewer: Sql, count: Sql): Sql =>
  sql`CASE WHEN ${upToFew(hiddenFrom(viewer))} <= ${FEW} THEN ${count} END`;

/** The next person behind whom a portion ends, of those hidden from any of these. */
export const endOfPortion = (from: Sql[], among: IdRange, size: number): Sql => {
  const [first, ...others] = from.map((person) => hiddenFrom(person, among));
  const all = others.reduce(
    (before, more) => sql`${before} UNION ALL SELECT id FROM ${more} AS more`,
    sql`SELECT id FROM ${first!} AS first`,
  );
  return sql`SELECT hidden_person.id FROM (${all}) AS hidden_person ORDER BY hidden_person.id LIMIT 1 OFFSET ${size - 1}`;
};
