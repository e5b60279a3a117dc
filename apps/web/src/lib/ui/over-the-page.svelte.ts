import { onMount, untrack } from 'svelte';
import { goto } from '$app/navigation';
import { navigating, page } from '$app/state';
import { randomId } from '#lib/random-id.ts';

/** A link that closes what it is in begins to navigate after the next frame. */
const UNTIL_LINKS_LEAD_ON_MS = 50;

/** What is open in this tab. Closing alone must not look like an entry to be passed over: its own entry is left later. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity
const open = new Set<string>();

/**
 * Gives what lies over the page (a dialog, a picture) an entry in the history, so that Back closes it. What is a page too
 * has its address there.
 */
export const overThePage = (close: () => void, address?: string) => {
  const id = randomId();
  let isEntered = false;

  onMount(() => {
    open.add(id);
    const below = (page.state.over ?? []).filter((other) => open.has(other));
    // Nothing of the page changes.
    void goto(address ?? location.href, {
      shallow: true,
      state: { ...page.state, over: [...below, id] },
    });
    return () => {
      open.delete(id);
      // Closed in another way than by Back: its entry is left, unless a navigation leaves it anyway.
      setTimeout(() => {
        if (page.state.over?.includes(id) && !navigating.to) history.back();
      }, UNTIL_LINKS_LEAD_ON_MS);
    };
  });

  $effect(() => {
    const isOn = page.state.over?.includes(id) ?? false;
    if (isEntered && !isOn) untrack(close);
    isEntered = isOn;
  });
};

/** An entry whose dialog is gone (by Forward, or because a link in it was followed) shows nothing, so it is passed over. */
export const passOverClosed = () => {
  $effect(() => {
    if (page.state.over?.some((id) => !open.has(id))) history.back();
  });
};
