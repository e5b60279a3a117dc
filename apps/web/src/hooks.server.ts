import { NOBODY, VIEWER_HEADER } from '@echomate/contracts/viewer-header';
import { getRequestEvent } from '$app/server';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks';
import { Api } from '#lib/server/api.ts';
import { readSite } from '#lib/features/admin/site-api.ts';
import { readFrame } from '#lib/features/follows/frame.ts';
import { loginPathFor } from '#lib/server/forms.ts';
import { readerOf } from '#lib/server/reader.ts';
import { writeNumbersFor } from '#lib/language.ts';
import * as m from '#lib/generated/messages.js';
import { isTheme } from '#lib/theme.ts';

writeNumbersFor(() => getRequestEvent().locals.reader);

/** Parameters that choose, and are shown nowhere. */
const CHOOSING = new Set(['view', 'cursor']);

/**
 * Compressed, a page's length tells which of its texts repeat each other. Where a link can put words into a page that
 * also holds private ones, whoever sees the lengths could guess these bit by bit (decision 36).
 */
const isCompressible = ({ request, url, route }: RequestEvent) =>
  request.method === 'GET' &&
  [...url.searchParams.keys()].every((name) => CHOOSING.has(name)) &&
  route.id !== '/(public)/dev/mailbox';

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
  // Every page is personal: theme, session, form values. `no-transform` keeps it from being compressed.
  response.headers.set(
    'cache-control',
    isCompressible(event) ? 'private, no-store' : 'private, no-store, no-transform',
  );
  // Nobody keeps it, so nobody asks whether it has changed.
  response.headers.delete('etag');
  return response;
};

const sessionOf = async (api: Api) => {
  if (!api.hasSessionCookie) return null;
  const answer = await readFrame(api);
  if (answer.ok) return answer.data;
  return answer.status === 401 ? null : undefined;
};

const identify: Handle = async ({ event, resolve }) => {
  const { locals, cookies } = event;
  const theme = cookies.get('echomate_theme');
  locals.theme = isTheme(theme) ? theme : 'system';
  locals.reader = readerOf(event);
  locals.api = new Api(event);
  locals.session = sessionOf(locals.api);
  let site: ReturnType<typeof readSite> | undefined;
  locals.site = () => (site ??= readSite(locals.api));

  const response = await resolve(event, {
    transformPageChunk: async ({ html }) => {
      if (!html.includes('%echomate.theme%')) return html;
      const { colour } = (await locals.session)?.brand ?? (await locals.site());
      return html.replace('%echomate.theme%', locals.theme).replace('%echomate.colour%', colour);
    },
    // A font that comes after the style sheet moves what is written in it; letters beyond Latin come when they are needed.
    preload: ({ type, path }) =>
      type !== 'asset' && (type !== 'font' || path.includes('-latin-wght-')),
  });
  const session = await locals.session;
  if (session !== undefined) response.headers.set(VIEWER_HEADER, session?.user.id ?? NOBODY);
  for (const cookie of locals.api.setCookieHeaders) response.headers.append('set-cookie', cookie);
  return response;
};

/** Reads are guarded by the layout of `(app)` while their data is loaded; nothing is done before it is known for whom. */
const guard: Handle = async ({ event, resolve }) => {
  const isPersonal = event.route.id?.startsWith('/(app)') ?? false;
  if (isPersonal && event.request.method !== 'GET' && (await event.locals.session) === null)
    redirect(303, loginPathFor(event.url));
  return resolve(event);
};

export const handle = sequence(secure, identify, guard);

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  console.error(`${event.request.method} ${event.url.pathname}`, error);
  return { message: m.refusal_internal() };
};
