import type { Attachment } from 'svelte/attachments';

/**
 * Where the on-screen keyboard lies over the page instead of making it smaller (Safari), what stands at the bottom is
 * lifted above it: `--keyboard` is how much it covers.
 */
export const aboveKeyboard: Attachment<HTMLElement> = (element) => {
  const seen = window.visualViewport;
  if (!seen) return;
  const measure = () => {
    const covered = Math.max(0, innerHeight - seen.height - seen.offsetTop);
    // Pinching makes it smaller too.
    element.style.setProperty('--keyboard', seen.scale > 1 ? '0px' : `${covered}px`);
  };
  measure();
  for (const change of ['resize', 'scroll']) seen.addEventListener(change, measure);
  return () => {
    for (const change of ['resize', 'scroll']) seen.removeEventListener(change, measure);
  };
};
