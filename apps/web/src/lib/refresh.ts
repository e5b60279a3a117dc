import { untrack } from 'svelte';
import { refreshAll } from '$app/navigation';
import { navigating } from '$app/state';

/** For a page that hears of a change. To refresh it while its reader is on the way elsewhere would keep them here. */
export const refreshIfStaying = async (): Promise<void> => {
  if (!untrack(() => navigating.to)) await refreshAll();
};
