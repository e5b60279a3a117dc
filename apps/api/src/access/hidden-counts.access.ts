import { sql, type Sql } from '../platform/database/statements.js';
import { isBlockedOnPost } from './post.access.js';
import { blockedEitherWay, hiddenFrom, isAccepted, type IdRange } from './profile.access.js';

/**
 * How much a counter has to be reduced for one viewer: by what people did who are hidden from the viewer by a block
 * and, for comments, from the post's author. Counters never include inactive accounts. There are two ways to count,
 * with equal results: over the counted rows, or over the hidden people. If either set is small, a column of the row's
 * own statement gives the number. If both are large the column is null, and `VisibleCounts` counts in portions.
 *
 * The second way must start from the people: `CROSS JOIN` keeps SQLite from reading all counted rows for each person.
 */

const FEW = 100;

const number = (rows: Sql): Sql => sql`(SELECT count(*) FROM ${rows})`;

const upToFew = (people: Sql): Sql =>
  number(sql`(SELECT 1 FROM ${people} AS hidden_person LIMIT ${FEW + 1}) AS few`);

/** Each person once, even if two have blocked each other. */
const hiddenPeopleOnce = (viewer: Sql, among?: IdRange): Sql =>
  sql`(SELECT DISTINCT both_ways.id FROM ${hiddenFrom(viewer, among)} AS both_ways)`;

/** The people whose comments on a post are hidden from the viewer, each once. */
const hiddenOnPost = (viewer: Sql, postAuthor: Sql, among?: IdRange): Sql => sql`(
  SELECT mine.id FROM ${hiddenFrom(viewer, among)} AS mine
  UNION
  SELECT theirs.id FROM ${hiddenFrom(postAuthor, among)} AS theirs)`;

/** Counts along whichever is less, if that is few; null otherwise. */
const atOnce = (count: Sql, hiddenPeople: Sql, alongCounted: Sql, alongPeople: Sql): Sql => sql`
  CASE
    WHEN ${count} = 0 THEN 0
    WHEN ${hiddenPeople} = 0 THEN 0
    WHEN ${hiddenPeople} < ${count} AND ${hiddenPeople} <= ${FEW} THEN ${alongPeople}
    WHEN ${count} <= ${FEW} THEN ${alongCounted} END`;

// ——— likes of a post or comment

export type Likeable = 'post' | 'comment';

/** The table of these likes, as `l`, and its column for what is liked. */
const LIKES: Record<Likeable, { rows: Sql; subject: Sql }> = {
  post: { rows: sql`post_likes l`, subject: sql`l.post_id` },
  comment: { rows: sql`comment_likes l`, subject: sql`l.comment_id` },
};

export const hiddenAmongLikes = (kind: Likeable, viewer: Sql, id: Sql): Sql => {
  const { rows, subject } = LIKES[kind];
  return number(
    sql`${rows} WHERE ${subject} = ${id} AND l.is_counted AND ${blockedEitherWay(viewer, sql`l.user_id`)}`,
  );
};

export const likesOfHidden = (kind: Likeable, viewer: Sql, id: Sql, among?: IdRange): Sql => {
  const { rows, subject } = LIKES[kind];
  return number(sql`${hiddenPeopleOnce(viewer, among)} AS hidden_person CROSS JOIN ${rows}
    WHERE l.user_id = hidden_person.id AND ${subject} = ${id} AND l.is_counted`);
};

export const hiddenLikes = (
  kind: Likeable,
  viewer: Sql,
  { id, likeCount }: { id: Sql; likeCount: Sql },
): Sql =>
  atOnce(
    likeCount,
    upToFew(hiddenFrom(viewer)),
    hiddenAmongLikes(kind, viewer, id),
    likesOfHidden(kind, viewer, id),
  );

// ——— comments on a post; a hidden comment takes its replies with it

export interface CountedPost {
  id: Sql;
  authorId: Sql;
}

export const hiddenAmongComments = (viewer: Sql, { id, authorId }: CountedPost): Sql =>
  number(sql`comments c LEFT JOIN comments parent ON parent.id = c.parent_id
    WHERE c.post_id = ${id} AND c.deleted_at IS NULL AND c.is_counted AND (
      ${isBlockedOnPost(viewer, authorId, sql`c.author_id`)}
      OR (c.parent_id IS NOT NULL AND ${isBlockedOnPost(viewer, authorId, sql`parent.author_id`)}))`);

export const commentsOfHidden = (
  viewer: Sql,
  { id, authorId }: CountedPost,
  among?: IdRange,
) => sql`(
  SELECT COALESCE(sum(CASE
    WHEN c.parent_id IS NULL THEN 1 + c.reply_count
    WHEN ${isBlockedOnPost(viewer, authorId, sql`parent.author_id`)} THEN 0
    ELSE 1 END), 0)
  FROM ${hiddenOnPost(viewer, authorId, among)} AS hidden_person CROSS JOIN comments c
  LEFT JOIN comments parent ON parent.id = c.parent_id
  WHERE c.author_id = hidden_person.id AND c.post_id = ${id} AND c.deleted_at IS NULL AND c.is_counted)`;

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
  number(sql`comments r WHERE r.parent_id = ${id} AND r.deleted_at IS NULL AND r.is_counted
    AND ${isBlockedOnPost(viewer, postAuthorId, sql`r.author_id`)}`);

/** `COALESCE` keeps SQLite from using the index on `parent_id`: it reads what a person wrote, not all replies. */
export const repliesOfHidden = (
  viewer: Sql,
  { id, postId, postAuthorId }: CountedComment,
  among?: IdRange,
): Sql =>
  number(sql`${hiddenOnPost(viewer, postAuthorId, among)} AS hidden_person CROSS JOIN comments r
    WHERE r.author_id = hidden_person.id AND r.post_id = ${postId} AND r.deleted_at IS NULL AND r.is_counted
      AND COALESCE(r.parent_id, ${postId}) = ${id}`);

export const hiddenReplies = (viewer: Sql, comment: CountedComment & { replyCount: Sql }): Sql =>
  atOnce(
    comment.replyCount,
    countHiddenOnPost(viewer, comment.postAuthorId),
    hiddenAmongReplies(viewer, comment),
    repliesOfHidden(viewer, comment),
  );

// ——— followers of a person, and whom they follow

/** A scalar subquery, because PostgreSQL would turn an EXISTS round and read all followers. */
const isCountedFollower = (follower: Sql, followee: Sql): Sql => sql`(
  SELECT f.id FROM follows f
  WHERE f.follower_id = ${follower} AND f.followee_id = ${followee} AND ${isAccepted(sql`f`)}
    AND f.is_counted) IS NOT NULL`;

export const followersHidden = (viewer: Sql, person: Sql, among?: IdRange): Sql =>
  number(
    sql`${hiddenPeopleOnce(viewer, among)} AS hidden_person WHERE ${isCountedFollower(sql`hidden_person.id`, person)}`,
  );

export const followingHidden = (viewer: Sql, person: Sql, among?: IdRange): Sql =>
  number(
    sql`${hiddenPeopleOnce(viewer, among)} AS hidden_person WHERE ${isCountedFollower(person, sql`hidden_person.id`)}`,
  );

// ——— members of a group

export const membersHidden = (viewer: Sql, groupId: Sql, among?: IdRange): Sql =>
  number(sql`${hiddenPeopleOnce(viewer, among)} AS hidden_person WHERE (
    SELECT m.id FROM memberships m
    WHERE m.group_id = ${groupId} AND m.user_id = hidden_person.id AND m.ended_at IS NULL AND m.is_counted) IS NOT NULL`);

// ——— answers to events

/** How many answers of hidden people each option of these events counts, as rows; the answers as `a`. */
export const answersOfHidden = (viewer: Sql, events: Sql, among: IdRange): Sql => sql`
  SELECT a.event_id AS "eventId", a.option_id AS "optionId", a.is_waiting AS "isWaiting", count(*) AS hidden
  FROM ${hiddenPeopleOnce(viewer, among)} AS hidden_person CROSS JOIN event_answers a
  WHERE a.user_id = hidden_person.id AND a.event_id IN (${events}) AND a.is_counted
  GROUP BY a.event_id, a.option_id, a.is_waiting`;

/** Counts over the hidden people only, who are few for nearly every viewer. */
export const ifFewAreHidden = (viewer: Sql, count: Sql): Sql =>
  sql`CASE WHEN ${upToFew(hiddenFrom(viewer))} <= ${FEW} THEN ${count} END`;

/** The last person of the next portion of those hidden from any of these people; no row if the rest is smaller. */
export const endOfPortion = (from: Sql[], among: IdRange, size: number): Sql => {
  const [first, ...others] = from.map((person) => hiddenFrom(person, among));
  const all = others.reduce(
    (before, more) => sql`${before} UNION ALL SELECT id FROM ${more} AS more`,
    sql`SELECT id FROM ${first!} AS first`,
  );
  return sql`SELECT hidden_person.id FROM (${all}) AS hidden_person ORDER BY hidden_person.id LIMIT 1 OFFSET ${size - 1}`;
};
