import type { Post } from '@echomate/contracts/posts.dto';

/** A share shows its original whole, so the original does not stand right before or after it once more. */
export const repeatsIn = (posts: readonly Pick<Post, 'id' | 'shared'>[]): Set<string> => {
  const repeats = posts.filter(({ id }, at) =>
    [posts[at - 1], posts[at + 1]].some((neighbour) => neighbour?.shared?.id === id),
  );
  return new Set(repeats.map(({ id }) => id));
};
