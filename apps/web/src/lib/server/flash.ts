import type { RequestEvent } from '@sveltejs/kit';
import { FLASH } from '../flash.ts';
import { ownCookie } from './own-cookie.ts';

const NOTICES = [
  'password-reset',
  'logged-out',
  'email-changed',
  'email-returned',
  'deactivated',
  'leaving',
  'back',
  'welcome',
  'unconfirmed',
] as const;
export type FlashNotice = (typeof NOTICES)[number];

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;

/** A notice for the next page: it survives one redirect and is deleted once shown. */
export const setFlash = (visit: Visit, notice: FlashNotice) =>
  visit.cookies.set(FLASH, notice, { ...ownCookie(visit.url), maxAge: 60 });

export const takeFlash = (visit: Visit): FlashNotice | null => {
  const notice = NOTICES.find((known) => known === visit.cookies.get(FLASH)) ?? null;
  if (notice) visit.cookies.delete(FLASH, ownCookie(visit.url));
  return notice;
};
