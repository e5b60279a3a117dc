import { tick } from 'svelte';

/**
 * Before a post leaves its list: returns what moves the focus, once it has left, to the next post, or to the one before
 * if it was the last.
 */
export const readOnAfter = (postId: string) => {
  const place = document.querySelector(`[data-post="${postId}"]`)?.closest('li');
  return async () => {
    await tick();
    const posts = [...(place?.parentElement?.querySelectorAll<HTMLElement>('article') ?? [])];
    const isLater = (post: HTMLElement) =>
      place!.compareDocumentPosition(post) & Node.DOCUMENT_POSITION_FOLLOWING;
    (posts.find(isLater) ?? posts.at(-1))?.focus({ preventScroll: true });
  };
};
