import { resolve } from '$app/paths';
import { store, stored } from '#lib/storage.ts';

/** Keyboard shortcuts; the browser stores whether they are on. */
const PLACE = 'echomate:shortcuts';

export const areShortcutsOn = () => stored(PLACE) !== 'off';

export const switchShortcuts = (on: boolean) => store(PLACE, on ? null : 'off');

const TYPING = 'input, textarea, select, [contenteditable], [popover], [role="listbox"]';

/** Keys typed into a text, or into what is open over the page, or combined with modifiers, are never shortcuts. */
export const isForUs = (event: KeyboardEvent) =>
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.isComposing &&
  !event.defaultPrevented &&
  !(event.target instanceof Element && event.target.closest(TYPING)) &&
  !document.querySelector('dialog[open]');

const posts = () => [...document.querySelectorAll<HTMLElement>('[data-post]')];

/** The focused post, or the first visible one. */
const currentPost = () => {
  const all = posts();
  const focused = document.activeElement?.closest<HTMLElement>('[data-post]');
  return focused ?? all.find((post) => post.getBoundingClientRect().bottom > 120) ?? null;
};

export const goToPost = (step: 1 | -1) => {
  const all = posts();
  const focused = document.activeElement?.closest<HTMLElement>('[data-post]');
  const current = currentPost();
  // Without a focused post, the first step goes to a visible one.
  const next = focused ? all[all.indexOf(focused) + step] : current;
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'start' });
};

export const pressInPost = (key: 'like' | 'comment') =>
  currentPost()?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();

/** The field of the search page, else the box of the frame. False if neither can be seen. */
export const focusSearch = () => {
  const fields = document.querySelectorAll<HTMLInputElement>(
    `form[role="search"][action="${resolve('/(app)/search')}"] input[type="search"]`,
  );
  const field = [...fields].findLast((one) => one.checkVisibility());
  field?.focus();
  field?.select();
  return field !== undefined;
};
