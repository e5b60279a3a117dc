/** Keys that do something by themselves; the browser keeps whether they are wanted. */
const PLACE = 'echomate:shortcuts';

export const areShortcutsOn = () => {
  try {
    return localStorage.getItem(PLACE) !== 'off';
  } catch {
    return true;
  }
};

export const switchShortcuts = (on: boolean) => {
  try {
    if (on) localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, 'off');
  } catch {
    // Nothing is kept here; they stay on.
  }
};

const TYPING = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]';

/** A letter that belongs to a text, a menu or a combination is never one of ours. */
export const isForUs = (event: KeyboardEvent) =>
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.isComposing &&
  !event.defaultPrevented &&
  !(event.target instanceof Element && event.target.closest(TYPING)) &&
  !document.querySelector('dialog[open]');

const posts = () => [...document.querySelectorAll<HTMLElement>('[data-post]')];

/** The post that has the focus, or the first that is to be seen. */
const currentPost = () => {
  const all = posts();
  const focused = document.activeElement?.closest<HTMLElement>('[data-post]');
  return focused ?? all.find((post) => post.getBoundingClientRect().bottom > 120) ?? null;
};

export const goToPost = (step: 1 | -1) => {
  const all = posts();
  const focused = document.activeElement?.closest<HTMLElement>('[data-post]');
  const current = currentPost();
  // From nowhere, the first step leads to what is in sight.
  const next = focused ? all[all.indexOf(focused) + step] : current;
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'start' });
};

export const pressInPost = (key: 'like' | 'comment') =>
  currentPost()?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();

/** False if this page has nothing to search in. */
export const focusSearch = () => {
  const field = document.querySelector<HTMLInputElement>('[role="search"] input');
  field?.focus();
  field?.select();
  return field !== null;
};
