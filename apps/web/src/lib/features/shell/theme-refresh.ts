import { refreshAll } from '$app/navigation';
import { resolve } from '$app/paths';
import type { Theme } from '#lib/theme.ts';

/** Remembers the theme for the next visit and brings the page's data up to it. */
export const refresh = async (theme: Theme) => {
  await fetch(resolve('/theme'), { method: 'POST', body: new URLSearchParams({ theme }) });
  await refreshAll();
};
