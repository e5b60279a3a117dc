import { sql, type Rule, type Sql } from '../platform/database/statements.js';
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

/**
 * A file follows the rule of its subject: an avatar follows its owner's card, a banner the profile, an attachment the
 * post, the comment, the group or the message. Only the owner sees what is attached to nothing or not ready yet; nobody sees what has no owner.
 */
export const canSeeMedia = (viewer: Sql, medium: MediumColumns): Rule =>
  asRule(sql`((${medium.status} = 'ready' OR ${medium.ownerId} = ${viewer}) AND
    ${medium.ownerId} IS NOT NULL AND
    CASE ${medium.purpose}
      WHEN 'avatar' THEN ${canSeeCard(viewer, medium.ownerId)}
      WHEN 'banner' THEN ${canSeeProfileOf(viewer, medium.ownerId)}
      WHEN 'attachment' THEN CASE
        WHEN ${medium.postId} IS NOT NULL THEN EXISTS (
          SELECT 1 FROM posts AS subject
          WHERE subject.id = ${medium.postId} AND ${canSeePost(viewer, postColumns(sql`subject`))})
        WHEN ${medium.commentId} IS NOT NULL THEN EXISTS (
          SELECT 1 FROM comments AS subject
          WHERE subject.id = ${medium.commentId} AND ${canSeeComment(viewer, commentColumns(sql`subject`))})
        WHEN ${medium.groupId} IS NOT NULL THEN EXISTS (
          SELECT 1 FROM groups AS subject
          WHERE subject.id = ${medium.groupId} AND ${canSeeGroup(sql`subject`)})
        WHEN ${medium.messageId} IS NOT NULL THEN EXISTS (
          SELECT 1 FROM messages AS subject
          WHERE subject.id = ${medium.messageId} AND ${canSeeMessage(viewer, messageColumns(sql`subject`))})
        ELSE ${medium.ownerId} = ${viewer} END
      ELSE false END)`);
