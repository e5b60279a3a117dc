import type { RequestEvent } from '@sveltejs/kit';
import { ownCookie } from './own-cookie.ts';

const NAME = 'echomate_mailed_to';
const PATH = '/register/check-mail';
/** As long as the link in the mail works. */
const DAYS = 2;

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;

/** The address to show on "check your mail": in a cookie, because addresses do not belong in URLs. */
export const rememberMailedTo = (visit: Visit, email: string) =>
  visit.cookies.set(NAME, email, { ...ownCookie(visit.url, PATH), maxAge: DAYS * 24 * 3600 });

export const readMailedTo = ({ cookies }: Visit) => cookies.get(NAME) ?? null;
