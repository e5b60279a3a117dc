import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import type { ApiRefusal } from '#lib/api-answer.ts';

/** Where the browser goes if a log-in waits for something else first; `next` is where it wants to go in the end. */
export const leadToWhatIsLeft = ({ problem }: ApiRefusal, next = '/') => {
  if (problem === 'account-leaving') redirect(303, resolve('/(public)/leaving'));
  if (problem === 'account-suspended') redirect(303, resolve('/(public)/suspended'));
  if (problem !== 'second-factor-needed') return;
  const search = next === '/' ? '' : `?${new URLSearchParams({ next })}`;
  redirect(303, resolve('/(public)/second-step') + search);
};
