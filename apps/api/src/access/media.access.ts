import { sql, type Rule, type Sql } from '../platform/database/statements.js';
import { canSeeComment, canSeePost, commentColumns, postColumns } from './post.access.js';
import { asRule } from './rule.js';

/** The columns of `media` that decide. */
export interface MediumColumns {
  ownerId: Sql;
  status: Sql;
  attachedKind: Sql;
  attachedId: Sql;
}

/**
 * Bytes obey the rule of what they are attached to; what is attached to nothing is its owner's alone, and so is what
 * is not ready yet.
 */
export const canSeeMedia = (viewer: Sql, medium: MediumColumns): Rule =>
  asRule(sql`((${medium.status} = 'ready' OR ${medium.ownerId} = ${viewer}) AND
    CASE
      WHEN ${medium.attachedKind} IS NULL THEN ${medium.ownerId} = ${viewer}
      WHEN ${medium.attachedKind} = 'post' THEN EXISTS (
        SELECT 1 FROM posts AS subject
        WHERE subject.id = ${medium.attachedId} AND ${canSeePost(viewer, postColumns(sql`subject`))})
      WHEN ${medium.attachedKind} = 'comment' THEN EXISTS (
        SELECT 1 FROM comments AS subject
        WHERE subject.id = ${medium.attachedId} AND ${canSeeComment(viewer, commentColumns(sql`subject`))})
      ELSE false END)`);
