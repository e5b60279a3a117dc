import { resetPassword } from '#lib/server/auth-api.ts';
import { passwordByLink } from '#lib/server/password-by-link.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = { default: passwordByLink(resetPassword, 'password-reset') };
