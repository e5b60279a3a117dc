import type { Post } from '@echomate/contracts/posts.dto';
import { departed } from '#lib/features/follows/departed.svelte.ts';
import { memberships } from '#lib/features/groups/memberships.svelte.ts';
import { livingPosts } from '../living-posts.svelte.ts';

/**
 * What this page still has, and shows no more: deleted, of people whom the viewer has blocked or, in a feed, muted, or
 * of a group that the viewer is out of. An event of somebody blocked stays, without their name.
 */
export const leftOut = (isFeed: () => boolean) => {
  const posts = livingPosts();
  const gone = departed();
  const groups = memberships();
  return (post: Post) =>
    posts.isGone(post) ||
    [post, post.shared].some(
      (one) =>
        one &&
        ((one.author && !('event' in one && one.event) && gone.blocked.has(one.author.id)) ||
          (one.author && isFeed() && gone.muted.has(one.author.id)) ||
          (one.group && groups.isOut(one.group.id))),
    );
};
