import { error, redirect } from '@sveltejs/kit';
import { readDecision, sendAppeal } from '#lib/features/moderation/moderation-api.ts';
import { decisionPath } from '#lib/features/moderation/report-path.ts';
import * as m from '#lib/generated/messages.js';
import { refuse, stopAt, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readDecision(event.locals.api, event.params.id);
  if (answer.status === 400) error(404, m.error_missing_text());
  if (!answer.ok) return stopAt(event, answer);
  return { decision: answer.data, now: new Date().toISOString() };
};

export const actions: Actions = {
  appeal: async (event) => {
    const values = textsOf(await event.request.formData(), ['words']);
    const answer = await sendAppeal(event.locals.api, event.params.id, values.words);
    if (answer.ok) redirect(303, decisionPath(event.params.id));
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
};
