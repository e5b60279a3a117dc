/**
 * Who sees a post, as one would write it by hand for a statement that knows its viewer. It decides as the
 * api's rule does; the bare server's answers are compared with the api's before anything is measured.
 */

/** Everyone hidden from the viewer; evaluated once per statement. */
export const HIDDEN = `(
  SELECT blocked_id FROM blocks WHERE blocker_id = :viewer
  UNION ALL SELECT blocker_id FROM blocks WHERE blocked_id = :viewer)`;

export const MUTED = `(SELECT muted_id FROM mutes WHERE muter_id = :viewer)`;

export const follows = (person: string) => `EXISTS (
  SELECT 1 FROM follows f
  WHERE f.follower_id = :viewer AND f.followee_id = ${person} AND f.status = 'accepted')`;

const isChosen = (post: string) => `EXISTS (
  SELECT 1 FROM chosen_followers chosen
  WHERE chosen.post_id = ${post}.id AND chosen.user_id = :viewer)`;

/** For posts of those whom the viewer is known to follow. */
export const isOpenToFollower = (post: string) => `(
  ${post}.deleted_at IS NULL AND ${post}.author_id NOT IN ${HIDDEN}
  AND (${post}.audience IN ('public', 'followers') OR (${post}.audience = 'chosen' AND ${isChosen(post)})))`;

export const isOpen = (post: string) => `(
  ${post}.deleted_at IS NULL AND (
    ${post}.author_id = :viewer
    OR (${post}.author_id NOT IN ${HIDDEN} AND CASE
      WHEN ${post}.audience IN ('public', 'unlisted') THEN
        (SELECT visibility = 'public' FROM users WHERE id = ${post}.author_id)
        OR ${follows(`${post}.author_id`)}
      WHEN ${post}.audience = 'followers' THEN ${follows(`${post}.author_id`)}
      WHEN ${post}.audience = 'chosen' THEN ${isChosen(post)} AND ${follows(`${post}.author_id`)}
      ELSE false END)))`;

/** The original, if any, is visible too. */
export const isOriginalOpen = (post: string, alsoAsk = '') => `(
  ${post}.shared_id IS NULL OR EXISTS (
    SELECT 1 FROM posts original
    WHERE original.id = ${post}.shared_id AND ${isOpen('original')} ${alsoAsk}))`;
