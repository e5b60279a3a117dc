import { sql, type Sql } from '../platform/database/statements.js';
import { canSeeCard, canSeeProfileOf, follows } from './profile.access.js';

/**
 * The only definition of who may see a post and what hangs on it. As with people, viewer and post are SQL,
 * so one rule answers "what may she see" and "who may see it". Whatever is not stated here is denied.
 */

/** The columns of `posts` that decide; constants in their place ask about a post that is not written yet. */
export interface PostColumns {
  id: Sql;
  authorId: Sql;
  audience: Sql;
  sharedId: Sql;
  deletedAt: Sql;
}

/** The columns under a table's alias. */
export const postColumns = (alias: Sql): PostColumns => ({
  id: sql`${alias}.id`,
  authorId: sql`${alias}.author_id`,
  audience: sql`${alias}.audience`,
  sharedId: sql`${alias}.shared_id`,
  deletedAt: sql`${alias}.deleted_at`,
});

const original = postColumns(sql`original`);

/** A choice belongs to a following: it ends with it, and a new following does not bring it back. */
const isChosen = (viewer: Sql, postId: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM chosen_followers AS chosen
  WHERE chosen.post_id = ${postId} AND chosen.user_id = ${viewer})`;

/** Those for whom an author means something, besides the author. */
const isAddressed = (viewer: Sql, authorId: Sql, audience: Sql, chosen: Sql): Sql => sql`(
  CASE ${audience}
    WHEN 'public' THEN ${canSeeProfileOf(viewer, authorId)}
    WHEN 'unlisted' THEN ${canSeeProfileOf(viewer, authorId)}
    WHEN 'followers' THEN ${follows(viewer, authorId)} AND ${canSeeCard(viewer, authorId)}
    WHEN 'chosen' THEN ${chosen} AND ${follows(viewer, authorId)} AND ${canSeeCard(viewer, authorId)}
    ELSE false END)`;

/** The post by itself, whatever it passes on. */
const isInAudience = (viewer: Sql, post: PostColumns): Sql => sql`(
  ${post.deletedAt} IS NULL AND (
    ${post.authorId} = ${viewer}
    OR ${isAddressed(viewer, post.authorId, post.audience, isChosen(viewer, post.id))}))`;

/** What the post passes on, if anything, is seen too; and neither of the two authors is hidden from the other. */
const seesOriginal = (viewer: Sql, post: PostColumns, isFit: Sql): Sql => sql`(
  ${post.sharedId} IS NULL OR EXISTS (
    SELECT 1 FROM posts AS original
    WHERE original.id = ${post.sharedId} AND ${isFit}
      AND ${canSeeCard(post.authorId, original.authorId)} AND ${isInAudience(viewer, original)}))`;

/** A share is seen by those who see both it and what it passes on, and by nobody else: not even its author. */
export const canSeePost = (viewer: Sql, post: PostColumns): Sql =>
  sql`(${isInAudience(viewer, post)} AND ${seesOriginal(viewer, post, sql`true`)})`;

/** Unlisted posts are for those with the link; a share of one would be a list of links. */
export const canSeeInLists = (viewer: Sql, post: PostColumns): Sql => sql`(
  ${post.audience} <> 'unlisted' AND ${isInAudience(viewer, post)}
  AND ${seesOriginal(viewer, post, sql`${original.audience} <> 'unlisted'`)})`;

/** The columns of `post_versions` that decide. */
export interface VersionColumns {
  id: Sql;
  audience: Sql;
}

/**
 * What a post said before is for those for whom it was then, as they stand to the author today, and who may
 * see the post. Without an audience it is its author's alone.
 */
export const canSeeVersion = (viewer: Sql, version: VersionColumns, post: PostColumns): Sql => sql`(
  ${canSeePost(viewer, post)} AND (
    ${post.authorId} = ${viewer}
    OR ${isAddressed(
      viewer,
      post.authorId,
      version.audience,
      sql`EXISTS (
        SELECT 1 FROM version_chosen_followers AS chosen
        WHERE chosen.version_id = ${version.id} AND chosen.user_id = ${viewer})`,
    )}))`;

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
export const isHeard = (viewer: Sql, postAuthor: Sql, person: Sql): Sql =>
  sql`(${canSeeCard(viewer, person)} AND ${canSeeCard(postAuthor, person)})`;

/**
 * For those who see the post: a comment is there unless its author, or whom it answers, is hidden. Whoever
 * is hidden from the post's author is silent there: nobody is talked about behind their back.
 */
export const isCommentOpen = (viewer: Sql, comment: CommentColumns, postAuthor: Sql): Sql => sql`(
  ${comment.deletedAt} IS NULL AND ${isHeard(viewer, postAuthor, comment.authorId)}
  AND (${comment.parentId} IS NULL OR EXISTS (
    SELECT 1 FROM comments AS parent
    WHERE parent.id = ${comment.parentId} AND parent.deleted_at IS NULL
      AND ${isHeard(viewer, postAuthor, sql`parent.author_id`)})))`;

export const canSeeComment = (viewer: Sql, comment: CommentColumns): Sql => sql`EXISTS (
  SELECT 1 FROM posts AS commented
  WHERE commented.id = ${comment.postId} AND ${isCommentOpen(viewer, comment, sql`commented.author_id`)}
    AND ${canSeePost(viewer, postColumns(sql`commented`))})`;
