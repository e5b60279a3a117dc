import { redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import type { ApiRefusal } from '#lib/api-answer.ts';
import { ownCookie } from './own-cookie.ts';
import { safePath } from './safe-path.ts';

/** Where the browser goes if a log-in waits for something else first; `next` is where it wants to go in the end. */
export const leadToWhatIsLeft = ({ problem }: ApiRefusal, next = '/') => {
  if (problem === 'account-leaving') redirect(303, resolve('/(public)/leaving'));
  if (problem === 'account-suspended') redirect(303, resolve('/(public)/suspended'));
  if (problem !== 'second-factor-needed') return;
  const search = next === '/' ? '' : `?${new URLSearchParams({ next })}`;
  redirect(303, resolve('/(public)/second-step') + search);
};

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;

const WANTED = 'echomate_wanted';
/** As long as a log-in elsewhere may take. */
const WANTED_SECONDS = 40 * 60;

/** Kept while the browser is at another site, from where it comes back without it. */
export const rememberWanted = ({ cookies, url }: Visit, path: string) =>
  cookies.set(WANTED, path, {
    ...ownCookie(url, resolve('/(public)/login')),
    maxAge: WANTED_SECONDS,
  });

export const wantedPath = ({ cookies }: Visit) => safePath(cookies.get(WANTED));
