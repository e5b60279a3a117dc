import { redirect } from '@sveltejs/kit';
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks';
import { Api } from '#lib/server/api.ts';
import { readCurrentSession } from '#lib/server/auth-api.ts';
import { loginPathFor } from '#lib/server/forms.ts';
import * as m from '#lib/paraglide/messages.js';
import { isTheme } from '#lib/theme.ts';

const secure: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set(
    'permissions-policy',
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  );
  if (event.url.protocol === 'https:') {
    response.headers.set('strict-transport-security', 'max-age=31536000');
  }
  // Every page is written for one person: theme, session, form values.
  response.headers.set('cache-control', 'private, no-store');
  return response;
};

const identify: Handle = async ({ event, resolve }) => {
  const { locals, cookies } = event;
  const theme = cookies.get('echomate_theme');
  locals.theme = isTheme(theme) ? theme : 'system';
  locals.api = new Api(event);
  locals.session = null;
  locals.apiReachable = true;
  if (locals.api.hasSessionCookie) {
    const answer = await readCurrentSession(locals.api);
    if (answer.ok) locals.session = answer.data;
    else locals.apiReachable = answer.status === 401;
  }

  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%echomate.theme%', locals.theme),
  });
  for (const cookie of locals.api.setCookieHeaders) response.headers.append('set-cookie', cookie);
  return response;
};

const guard: Handle = ({ event, resolve }) => {
  const { session, apiReachable } = event.locals;
  const isPersonal = event.route.id?.startsWith('/(app)') ?? false;
  if (isPersonal && !session && apiReachable) redirect(303, loginPathFor(event.url));
  return resolve(event);
};

export const handle = sequence(secure, identify, guard);

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  console.error(`${event.request.method} ${event.url.pathname}`, error);
  return { message: m.error_unexpected_text() };
};
