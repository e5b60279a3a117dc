import { livePosts } from './live-posts.ts';
import { livingPosts } from './living-posts.svelte.ts';

/**
 * For what asks about a post or sends something to it: passes the answer on, and if the post was not found because the
 * viewer is out of its group, says so and shows nothing more of the group.
 */
export const noticeMissing = () => {
  const posts = livingPosts();
  const live = livePosts();
  return async <Answer extends { status: number }>(
    postId: string,
    asked: Promise<Answer>,
  ): Promise<Answer> => {
    const answer = await asked;
    const group = answer.status === 404 ? posts.groupOf(postId) : null;
    if (group) await live.noticeOut(group);
    return answer;
  };
};
