import { error } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import * as m from '#lib/generated/messages.js';
import { isAskedAhead } from '#lib/server/api.ts';
import { finishOutside, goOn } from '#lib/server/outside-api.ts';
import { leadToWhatIsLeft, wantedPath } from '#lib/server/what-is-left.ts';
import type { PageServerLoad } from './$types';

/** The other site has sent the browser back. Its cookie says whether it was this browser that went there. */
export const load: PageServerLoad = async (event) => {
  if (isAskedAhead(event)) error(400, m.error_away_text());
  const { locals, params, url } = event;
  const answer = await finishOutside(locals.api, params.provider, url.search.slice(1));
  if (answer.ok) return goOn(event, answer.data);
  leadToWhatIsLeft(answer, wantedPath(event));
  if (answer.status === 404) error(404, messageOf(answer));
  return { message: messageOf(answer) };
};
