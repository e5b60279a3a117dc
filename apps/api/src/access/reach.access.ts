import { sql, type Sql } from '../platform/database/statements.js';
import type { PostColumns } from './post.access.js';
import { isActive } from './profile.access.js';

/** How far a post may be seen: a hint by which lists are searched, never an authority. */
export type Reach = 'everyone' | 'followers' | 'chosen' | 'nobody';

/**
 * For a share, its own reach, so that a change of the original needs no update. `followers` includes the members of a
 * group. A post for its author alone counts as `chosen` with nobody chosen: it is looked for among the author's own
 * posts only.
 */
export const reachOf = (post: PostColumns, authorVisibility: Sql): Sql => sql`CASE
  WHEN ${post.deletedAt} IS NOT NULL OR ${post.audience} = 'unlisted' OR NOT ${isActive(post.authorId)} THEN 'nobody'
  WHEN ${post.audience} = 'public' AND ${authorVisibility} = 'public' THEN 'everyone'
  WHEN ${post.audience} IN ('public', 'followers', 'group') THEN 'followers'
  ELSE 'chosen' END`;

/** Whom a post with the reach `followers` belongs to: its group, or its author. */
export const scopeOf = ({ groupId, authorId }: PostColumns): Sql =>
  sql`COALESCE(${groupId}, ${authorId})`;
