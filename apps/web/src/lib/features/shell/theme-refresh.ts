import { refreshAll } from '$app/navigation';
import { resolve } from '$app/paths';
import type { Theme } from '#lib/theme.ts';

/** Stores the theme for the next visit and updates the page's data. */
export const refresh = async (theme: Theme) => {
  await fetch(resolve('/theme'), { method: 'POST', body: new URLSearchParams({ theme }) });
  await refreshAll();
};
