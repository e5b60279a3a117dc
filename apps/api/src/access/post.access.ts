import { sql, type Rule, type Sql } from '../platform/database/statements.js';
import { isMember } from './group.access.js';
import {
  blockedEitherWay,
  canSeeCard,
  follows,
  hasPublicProfile,
  isActive,
} from './profile.access.js';
import { asRule } from './rule.js';

/**
 * The only definition of who may see a post, its comments and its versions. As with people, viewer and post are SQL, so
 * one rule answers both "what may she see" and "who may see it". Whatever is not stated here is denied.
 */

/** The columns of `posts` that the rule reads; constants in their place ask about a post that does not exist yet. */
export interface PostColumns {
  id: Sql;
  authorId: Sql;
  audience: Sql;
  groupId: Sql;
  sharedId: Sql;
  deletedAt: Sql;
}

/** The columns of the table with this alias. */
export const postColumns = (alias: Sql): PostColumns => ({
  id: sql`${alias}.id`,
  authorId: sql`${alias}.author_id`,
  audience: sql`${alias}.audience`,
  groupId: sql`${alias}.group_id`,
  sharedId: sql`${alias}.shared_id`,
  deletedAt: sql`${alias}.deleted_at`,
});

const original = postColumns(sql`original`);

/** A choice belongs to one follow: its row goes with that of the follow, and following again does not restore it. */
const isChosen = (viewer: Sql, postId: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM chosen_followers AS chosen
  WHERE chosen.post_id = ${postId} AND chosen.user_id = ${viewer})`;

/** The audience of a post or of a version, and what decides it. */
interface Addressed {
  authorId: Sql;
  audience: Sql;
  groupId: Sql;
  /** Whether the author chose the viewer */
  isChosen: Sql;
}

/**
 * Each audience states separately whether the author sees it. In a group, membership decides: an author who has left no
 * longer sees their own posts there. The post of an event has no author, and like the event it is for all members.
 * What holds for every audience is asked once, since PostgreSQL sets up all of a statement before it runs any of it.
 */
const isAddressed = (
  viewer: Sql,
  { authorId, audience, groupId, isChosen }: Addressed,
): Sql => sql`(
  CASE
    WHEN ${audience} IN ('public', 'unlisted') THEN ${authorId} = ${viewer}
      OR ${hasPublicProfile(authorId)} OR ${follows(viewer, authorId)}
    WHEN ${audience} = 'followers' THEN ${authorId} = ${viewer} OR ${follows(viewer, authorId)}
    WHEN ${audience} = 'chosen' THEN ${authorId} = ${viewer} OR ${isChosen}
    WHEN ${audience} = 'me' THEN ${authorId} = ${viewer}
    WHEN ${audience} = 'group' THEN ${isMember(viewer, groupId)}
    ELSE false END
  AND (${authorId} IS NULL OR ${authorId} = ${viewer} OR ${canSeeCard(viewer, authorId)}))`;

/** Without regard to what the post shares. */
const isInAudience = (viewer: Sql, post: PostColumns): Sql => sql`(
  ${post.deletedAt} IS NULL
  AND ${isAddressed(viewer, { ...post, isChosen: isChosen(viewer, post.id) })})`;

/** The viewer also sees the original, if there is one, and no block separates the two authors. */
const seesOriginal = (viewer: Sql, post: PostColumns, condition: Sql): Sql => sql`(
  ${post.sharedId} IS NULL OR EXISTS (
    SELECT 1 FROM posts AS original
    WHERE original.id = ${post.sharedId} AND ${condition}
      AND NOT ${blockedEitherWay(post.authorId, original.authorId)} AND ${isInAudience(viewer, original)}))`;

/** Only those who see both the share and the original see a share; this holds for its author too. */
export const canSeePost = (viewer: Sql, post: PostColumns): Rule =>
  asRule(sql`(${isInAudience(viewer, post)} AND ${seesOriginal(viewer, post, sql`true`)})`);

/** For queries over people who ask about one post: "who may see it". */
export const canSeePostFrom = (rows: Sql, viewer: Sql, post: PostColumns): Rule =>
  asRule(
    sql`(${isActive(viewer)} AND EXISTS (SELECT 1 FROM ${rows} AND ${canSeePost(viewer, post)}))`,
  );

/** Unlisted posts are only for people with the link, so they are in no list, and neither are shares of them. */
export const canSeeInLists = (viewer: Sql, post: PostColumns): Rule =>
  asRule(sql`(
  ${post.audience} <> 'unlisted' AND ${isInAudience(viewer, post)}
  AND ${seesOriginal(viewer, post, sql`${original.audience} <> 'unlisted'`)})`);

/** On their own profile people also find their unlisted posts. */
export const canSeeOnProfile = {
  own: canSeePost,
  ofOthers: canSeeInLists,
};

/** The columns of `post_versions` that the rule reads. */
export interface VersionColumns {
  id: Sql;
  audience: Sql;
}

/**
 * An earlier version is visible to those who may see the post and belong to the version's audience, judged by how they
 * and the author are connected today. A version without an audience is visible to its author only.
 */
export const canSeeVersion = (viewer: Sql, version: VersionColumns, post: PostColumns): Rule => {
  const isChosen = sql`EXISTS (
    SELECT 1 FROM version_chosen_followers AS chosen
    WHERE chosen.version_id = ${version.id} AND chosen.user_id = ${viewer})`;
  return asRule(sql`(
    ${canSeePost(viewer, post)} AND (
      ${post.authorId} = ${viewer} OR ${isAddressed(viewer, { ...post, audience: version.audience, isChosen })}))`);
};

/** The columns of `comments` that the rule reads. */
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

/** Whether a block separates a person from the viewer or from the post's author. */
export const isBlockedOnPost = (viewer: Sql, postAuthor: Sql, person: Sql): Sql =>
  sql`(${blockedEitherWay(viewer, person)} OR ${blockedEitherWay(postAuthor, person)})`;

const canSeeCommenter = (viewer: Sql, postAuthor: Sql, person: Sql): Sql =>
  sql`(${isActive(person)} AND NOT ${isBlockedOnPost(viewer, postAuthor, person)})`;

/**
 * For viewers who may see the post: a comment is visible unless its author, or the author of the comment it replies to,
 * is hidden. What somebody wrote who is hidden from the post's author is visible to nobody.
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
