import { raw, sql, type Rule, type Sql } from '../platform/database/statements.js';
import { canSeeMessage, messageColumns } from './conversation.access.js';
import { canSeeGroup } from './group.access.js';
import { canSeeComment, canSeePost, commentColumns, postColumns } from './post.access.js';
import { canSeeCard, canSeeProfileOf } from './profile.access.js';
import { asRule } from './rule.js';

/** The columns of `media` that the rule reads. */
export interface MediumColumns {
  ownerId: Sql;
  purpose: Sql;
  status: Sql;
  postId: Sql;
  commentId: Sql;
  groupId: Sql;
  messageId: Sql;
}

export const mediumColumns = (alias: Sql): MediumColumns => ({
  ownerId: sql`${alias}.owner_id`,
  purpose: sql`${alias}.purpose`,
  status: sql`${alias}.status`,
  postId: sql`${alias}.post_id`,
  commentId: sql`${alias}.comment_id`,
  groupId: sql`${alias}.group_id`,
  messageId: sql`${alias}.message_id`,
});

/** What an attachment is attached to, and the rule of each. */
const SUBJECTS = {
  post: (viewer: Sql, { postId }: MediumColumns) => sql`EXISTS (
    SELECT 1 FROM posts AS subject
    WHERE subject.id = ${postId} AND ${canSeePost(viewer, postColumns(sql`subject`))})`,
  comment: (viewer: Sql, { commentId }: MediumColumns) => sql`EXISTS (
    SELECT 1 FROM comments AS subject
    WHERE subject.id = ${commentId} AND ${canSeeComment(viewer, commentColumns(sql`subject`))})`,
  group: (_: Sql, { groupId }: MediumColumns) => sql`EXISTS (
    SELECT 1 FROM groups AS subject
    WHERE subject.id = ${groupId} AND ${canSeeGroup(sql`subject`)})`,
  message: (viewer: Sql, { messageId }: MediumColumns) => sql`EXISTS (
    SELECT 1 FROM messages AS subject
    WHERE subject.id = ${messageId} AND ${canSeeMessage(viewer, messageColumns(sql`subject`))})`,
};

/** Nobody sees what has no owner, and only the owner what is not ready yet. */
const isShown = (viewer: Sql, { status, ownerId }: MediumColumns): Sql =>
  sql`(${status} = 'ready' OR ${ownerId} = ${viewer}) AND ${ownerId} IS NOT NULL`;

/**
 * A file follows the rule of its subject: an avatar follows its owner's card, a banner the profile, an attachment the
 * post, the comment, the group or the message. Only the owner sees what is attached to nothing.
 */
const PURPOSES = {
  avatar: (viewer: Sql, { ownerId }: MediumColumns): Sql => canSeeCard(viewer, ownerId),
  banner: (viewer: Sql, { ownerId }: MediumColumns): Sql => canSeeProfileOf(viewer, ownerId),
  attachment: (viewer: Sql, medium: MediumColumns): Sql => sql`CASE
    WHEN ${medium.postId} IS NOT NULL THEN ${SUBJECTS.post(viewer, medium)}
    WHEN ${medium.commentId} IS NOT NULL THEN ${SUBJECTS.comment(viewer, medium)}
    WHEN ${medium.groupId} IS NOT NULL THEN ${SUBJECTS.group(viewer, medium)}
    WHEN ${medium.messageId} IS NOT NULL THEN ${SUBJECTS.message(viewer, medium)}
    ELSE ${medium.ownerId} = ${viewer} END`,
};

export const canSeeMedia = (viewer: Sql, medium: MediumColumns): Rule =>
  asRule(sql`(${isShown(viewer, medium)} AND
    CASE ${medium.purpose}
      WHEN 'avatar' THEN ${PURPOSES.avatar(viewer, medium)}
      WHEN 'banner' THEN ${PURPOSES.banner(viewer, medium)}
      WHEN 'attachment' THEN ${PURPOSES.attachment(viewer, medium)}
      ELSE false END)`);

/** The same rule for files of one purpose: PostgreSQL initialises every branch of a statement, which costs
 * milliseconds. */
export const canSeeMediaFor = (
  viewer: Sql,
  purpose: keyof typeof PURPOSES,
  medium: MediumColumns,
): Rule =>
  asRule(
    sql`(${isShown(viewer, medium)} AND ${medium.purpose} = ${raw(`'${purpose}'`)} AND ${PURPOSES[purpose](viewer, medium)})`,
  );

/** And for attachments of one kind of subject, of which each has one. */
export const canSeeAttachment = (
  viewer: Sql,
  subject: keyof typeof SUBJECTS,
  medium: MediumColumns,
): Rule =>
  asRule(
    sql`(${isShown(viewer, medium)} AND ${medium.purpose} = 'attachment' AND ${SUBJECTS[subject](viewer, medium)})`,
  );
