import * as m from '#lib/generated/messages.js';
import { memberships } from '#lib/features/groups/memberships.svelte.ts';
import { toaster } from '#lib/ui/toaster.svelte.ts';
import { livingPosts } from './living-posts.svelte.ts';

/**
 * For what asks about a post or sends something to it: passes the answer on, and if the post was not found because the
 * viewer is out of its group, says so and shows nothing more of the group.
 */
export const noticeMissing = () => {
  const posts = livingPosts();
  const groups = memberships();
  const toasts = toaster();
  return async <Answer extends { status: number }>(
    postId: string,
    asked: Promise<Answer>,
  ): Promise<Answer> => {
    const answer = await asked;
    const group = answer.status === 404 ? posts.groupOf(postId) : null;
    if (group && !(await groups.isStillIn(group.id)))
      toasts.show(m.groups_out_now({ title: group.title }), { tone: 'bad' });
    return answer;
  };
};
