import { sql, type Rule, type Sql } from '../platform/database/statements.js';
import { canSeeGroup } from './group.access.js';
import { canSeePost, postColumns } from './post.access.js';
import { canSeeCard } from './profile.access.js';
import { asRule } from './rule.js';

/**
 * The only definition of what somebody's list of dismissed suggestions shows: their own, each as long as what it is
 * about may be seen. Hashtags need no permission.
 */
export const canSeeDismissal = (viewer: Sql, dismissal: Sql): Rule => {
  const about = sql`about`;
  return asRule(sql`(
    ${dismissal}.user_id = ${viewer}
    AND (${dismissal}.person_id IS NULL OR ${canSeeCard(viewer, sql`${dismissal}.person_id`)})
    AND (${dismissal}.group_id IS NULL OR EXISTS (
      SELECT 1 FROM groups AS about WHERE about.id = ${dismissal}.group_id AND ${canSeeGroup(about)}))
    AND (${dismissal}.post_id IS NULL OR EXISTS (
      SELECT 1 FROM posts AS about
      WHERE about.id = ${dismissal}.post_id AND ${canSeePost(viewer, postColumns(about))})))`);
};
