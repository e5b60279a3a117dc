import { tick } from 'svelte';

const TYPED_IN = 'textarea, input, [contenteditable]';
const READ = '[data-comment], [data-post]';

/** Makes a change without moving what is typed or, if nothing is, what is read. */
export const inPlace = async (change: () => void) => {
  const typed = document.activeElement?.matches(TYPED_IN) ? document.activeElement : null;
  const anchor =
    typed ??
    [...document.querySelectorAll(READ)].find((one) => one.getBoundingClientRect().top >= 0);
  const before = anchor?.getBoundingClientRect().top;
  change();
  await tick();
  if (before === undefined || !anchor?.isConnected) return;
  scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
};
