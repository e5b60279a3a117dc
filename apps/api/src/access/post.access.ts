import { sql, type Rule, type Sql } from '../platform/database/statements.js';
import { canSeeCard, canSeeProfileOf, follows } from './profile.access.js';
import { asRule } from './rule.js';

/**
 * The only definition of who may see a post and what hangs on it. As with people, viewer and post are SQL,
 * so one rule answers "what may she see" and "who may see it". Whatever is not stated here is denied.
 */

/** The columns of `posts` that decide; constants in their place ask about a post that is not written yet. */
export interface PostColumns {
  id: Sql;
  authorId: Sql;
  audience: Sql;
  groupId: Sql;
  sharedId: Sql;
  deletedAt: Sql;
}

/** The columns under a table's alias. */
export const postColumns = (alias: Sql): PostColumns => ({
  id: sql`${alias}.id`,
  authorId: sql`${alias}.author_id`,
  audience: sql`${alias}.audience`,
  groupId: sql`NULL`,
  sharedId: sql`${alias}.shared_id`,
  deletedAt: sql`${alias}.deleted_at`,
});

const original = postColumns(sql`original`);

/** A choice belongs to a following: it ends with it, and a new following does not bring it back. */
const isChosen = (viewer: Sql, postId: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM chosen_followers AS chosen
  WHERE chosen.post_id = ${postId} AND chosen.user_id = ${viewer})`;

/** Membership of a group; there are none yet. */
const isMember = (_viewer: Sql, _groupId: Sql): Sql => sql`false`;

/** For whom something is meant, and what decides that. */
interface Addressed {
  authorId: Sql;
  audience: Sql;
  groupId: Sql;
  /** Whether the viewer has been chosen for it */
  isChosen: Sql;
}

/**
 * Each audience decides for itself what its author sees. In a group the membership does: whoever is out does not even
 * see what they wrote there.
 */
const isAddressed = (
  viewer: Sql,
  { authorId, audience, groupId, isChosen }: Addressed,
): Sql => sql`(
  CASE ${audience}
    WHEN 'public' THEN ${canSeeProfileOf(viewer, authorId)}
    WHEN 'unlisted' THEN ${canSeeProfileOf(viewer, authorId)}
    WHEN 'followers' THEN ${authorId} = ${viewer}
      OR (${follows(viewer, authorId)} AND ${canSeeCard(viewer, authorId)})
    WHEN 'chosen' THEN ${authorId} = ${viewer}
      OR (${isChosen} AND ${follows(viewer, authorId)} AND ${canSeeCard(viewer, authorId)})
    WHEN 'group' THEN ${isMember(viewer, groupId)}
    ELSE false END)`;

/** The post by itself, whatever it passes on. */
const isInAudience = (viewer: Sql, post: PostColumns): Sql => sql`(
  ${post.deletedAt} IS NULL
  AND ${isAddressed(viewer, { ...post, isChosen: isChosen(viewer, post.id) })})`;

/** What the post passes on, if anything, is seen too; and neither of the two authors is hidden from the other. */
const seesOriginal = (viewer: Sql, post: PostColumns, isFit: Sql): Sql => sql`(
  ${post.sharedId} IS NULL OR EXISTS (
    SELECT 1 FROM posts AS original
    WHERE original.id = ${post.sharedId} AND ${isFit}
      AND ${canSeeCard(post.authorId, original.authorId)} AND ${isInAudience(viewer, original)}))`;

/** A share is seen by those who see both it and what it passes on, and by nobody else: not even its author. */
export const canSeePost = (viewer: Sql, post: PostColumns): Rule =>
  asRule(sql`(${isInAudience(viewer, post)} AND ${seesOriginal(viewer, post, sql`true`)})`);

/** The same of a post that a query has at hand for a person who is not: "who may see it". */
export const canSeePostFrom = (rows: Sql, viewer: Sql, post: PostColumns): Rule =>
  asRule(sql`EXISTS (SELECT 1 FROM ${rows} AND ${canSeePost(viewer, post)})`);

/** Unlisted posts are for those with the link; a share of one would be a list of links. */
export const canSeeInLists = (viewer: Sql, post: PostColumns): Rule =>
  asRule(sql`(
  ${post.audience} <> 'unlisted' AND ${isInAudience(viewer, post)}
  AND ${seesOriginal(viewer, post, sql`${original.audience} <> 'unlisted'`)})`);

/** On the own profile people find what they have left unlisted too. */
export const canSeeOnProfile = {
  own: canSeePost,
  ofOthers: canSeeInLists,
};

/** The columns of `post_versions` that decide. */
export interface VersionColumns {
  id: Sql;
  audience: Sql;
}

/**
 * What a post said before is for those for whom it was then, as they stand to the author today, and who may
 * see the post. Without an audience it is its author's alone.
 */
export const canSeeVersion = (viewer: Sql, version: VersionColumns, post: PostColumns): Rule => {
  const isChosen = sql`EXISTS (
    SELECT 1 FROM version_chosen_followers AS chosen
    WHERE chosen.version_id = ${version.id} AND chosen.user_id = ${viewer})`;
  return asRule(sql`(
    ${canSeePost(viewer, post)} AND (
      (${version.audience} IS NULL AND ${post.authorId} = ${viewer})
      OR ${isAddressed(viewer, { ...post, audience: version.audience, isChosen })}))`);
};

/** The columns of `comments` that decide. */
export interface CommentColumns {
  postId: Sql;
  authorId: Sql;
  parentId: Sql;
  deletedAt: Sql;
}

export const commentColumns = (alias: Sql): CommentColumns => ({
  postId: sql`${alias}.post_id`,
  authorId: sql`${alias}.author_id`,
  parentId: sql`${alias}.parent_id`,
  deletedAt: sql`${alias}.deleted_at`,
});

/** Neither the viewer nor the post's author and this person are hidden from each other. */
export const canSeeCommenter = (viewer: Sql, postAuthor: Sql, person: Sql): Sql =>
  sql`(${canSeeCard(viewer, person)} AND ${canSeeCard(postAuthor, person)})`;

/**
 * For those who see the post: a comment is there unless its author, or whom it answers, is hidden. What somebody
 * wrote who is hidden from the post's author is there for nobody.
 */
export const isCommentOpen = (viewer: Sql, comment: CommentColumns, postAuthor: Sql): Sql => sql`(
  ${comment.deletedAt} IS NULL AND ${canSeeCommenter(viewer, postAuthor, comment.authorId)}
  AND (${comment.parentId} IS NULL OR EXISTS (
    SELECT 1 FROM comments AS parent
    WHERE parent.id = ${comment.parentId} AND parent.deleted_at IS NULL
      AND ${canSeeCommenter(viewer, postAuthor, sql`parent.author_id`)})))`;

export const canSeeComment = (viewer: Sql, comment: CommentColumns): Rule =>
  asRule(sql`EXISTS (
  SELECT 1 FROM posts AS commented
  WHERE commented.id = ${comment.postId} AND ${isCommentOpen(viewer, comment, sql`commented.author_id`)}
    AND ${canSeePost(viewer, postColumns(sql`commented`))})`);
