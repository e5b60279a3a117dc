import { untrack } from 'svelte';
import { refreshAll } from '$app/navigation';
import { navigating } from '$app/state';
import type { Reach } from '#lib/realtime/reach.svelte.ts';

/**
 * For a page that hears of a change. To refresh it while its reader is on the way elsewhere would keep them here, and
 * a refresh that cannot reach our server would put the error page in its place.
 */
export const refreshIfStaying = async (line: Reach): Promise<void> => {
  await line.ask();
  if (untrack(() => line.isReachable && !navigating.to)) await refreshAll();
};
