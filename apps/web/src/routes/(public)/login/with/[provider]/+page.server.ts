import { error, redirect } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import * as m from '#lib/generated/messages.js';
import { isAskedAhead } from '#lib/server/api.ts';
import { beginOutside } from '#lib/server/outside-api.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { rememberWanted } from '#lib/server/what-is-left.ts';
import type { PageServerLoad } from './$types';

/** Sends the browser to the other site; stays here only if that cannot be. */
export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  if (isAskedAhead(event)) error(400, m.error_away_text());
  const next = url.searchParams.get('next');
  rememberWanted(event, safePath(next));
  const answer = await beginOutside(locals.api, params.provider, {
    next,
    invitation: url.searchParams.get('invitation'),
    connects: url.searchParams.has('connects'),
  });
  if (answer.ok) redirect(303, answer.data.url, { external: [new URL(answer.data.url).origin] });
  if (answer.status === 404) error(404, messageOf(answer));
  return { message: messageOf(answer) };
};
