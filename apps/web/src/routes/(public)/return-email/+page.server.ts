import { returnEmail } from '#lib/server/auth-api.ts';
import { passwordByLink } from '#lib/server/password-by-link.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page does not use the link: mail scanners open every link they find. */
export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = { default: passwordByLink(returnEmail, 'email-returned') };
