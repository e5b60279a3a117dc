import type { RequestEvent } from '@sveltejs/kit';
import { ownCookie } from './own-cookie.ts';

const NAME = 'echomate_mailed_to';
const PATH = '/register/check-mail';

type Visit = Pick<RequestEvent, 'cookies' | 'url'>;

/** The address to name on "check your mail": in a cookie, since addresses do not belong in URLs. */
export const rememberMailedTo = (visit: Visit, email: string) =>
  visit.cookies.set(NAME, email, { ...ownCookie(visit.url, PATH), maxAge: 15 * 60 });

export const readMailedTo = ({ cookies }: Visit) => cookies.get(NAME) ?? null;
