import { tick } from 'svelte';

/**
 * Before what has the focus leaves the page: returns what moves the focus afterwards, to its entry of a list if that has
 * stayed, else to the next entry, or to the one before if it was the last. `otherwise` is for when no list is left.
 */
export const focusAfter = (leaving: Element | undefined, otherwise: () => Element | undefined) => {
  const entry = leaving?.closest('li');
  const list = entry?.parentElement;
  const at = entry && list ? [...list.children].indexOf(entry) : -1;
  return async () => {
    await tick();
    // It is still there, or somebody has gone on by themselves.
    if (leaving?.isConnected || document.activeElement !== document.body) return;
    const inList = list?.isConnected ? (list.children[at] ?? list.children[at - 1]) : undefined;
    const target = entry?.isConnected ? entry : (inList ?? otherwise());
    if (!(target instanceof HTMLElement)) return;
    if (!target.matches('a, button, input, textarea, [tabindex]')) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };
};
