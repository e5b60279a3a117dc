import { refreshAll } from '$app/navigation';
import { resolve } from '$app/paths';
import type { Theme } from '#lib/theme.ts';

/** Stores the theme for the next visit and updates the page's data; false if it could not be stored. */
export const refresh = async (theme: Theme): Promise<boolean> => {
  const body = new URLSearchParams({ theme });
  const answer = await fetch(resolve('/theme'), { method: 'POST', body }).catch(() => null);
  if (!answer?.ok) return false;
  await refreshAll();
  return true;
};
