import { redirect } from '@sveltejs/kit';
import { ownCookie } from '#lib/server/own-cookie.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { isTheme } from '#lib/theme.ts';
import type { RequestHandler } from './$types';

const A_YEAR = 365 * 24 * 60 * 60;

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  const theme = form.get('theme');
  if (isTheme(theme)) {
    cookies.set('echomate_theme', theme, { ...ownCookie(url), maxAge: A_YEAR });
  }
  const back = form.get('back');
  if (typeof back !== 'string') return new Response(null, { status: 204 });
  redirect(303, safePath(back));
};
