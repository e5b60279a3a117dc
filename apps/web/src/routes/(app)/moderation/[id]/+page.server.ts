import { error, fail, redirect } from '@sveltejs/kit';
import type { AppealOutcome, Decision, ReportReason } from '@echomate/contracts/moderation.dto';
import { resolve } from '$app/paths';
import { messageOf, type ApiResult } from '#lib/api-answer.ts';
import {
  answerAppeal,
  claimCase,
  decideCase,
  readCase,
  releaseCase,
  undoDecision,
} from '#lib/features/moderation/moderation-api.ts';
import { casePath } from '#lib/features/moderation/report-path.ts';
import * as m from '#lib/generated/messages.js';
import { refuse, stopAt, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readCase(event.locals.api, event.params.id);
  if (answer.status === 400) error(404, m.error_missing_text());
  if (!answer.ok) return stopAt(event, answer);
  return { case: answer.data, now: new Date().toISOString() };
};

const act =
  (send: (event: RequestEvent) => Promise<ApiResult<unknown>>) => async (event: RequestEvent) => {
    const answer = await send(event);
    if (answer.ok) redirect(303, casePath(event.params.id));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  };

export const actions: Actions = {
  claim: act(({ locals, params }) => claimCase(locals.api, params.id)),
  release: act(({ locals, params }) => releaseCase(locals.api, params.id)),
  undo: act(({ locals, params }) => undoDecision(locals.api, params.id)),
  answer: async (event) => {
    const values = textsOf(await event.request.formData(), ['outcome', 'words']);
    const answer = await answerAppeal(event.locals.api, event.params.id, {
      outcome: values.outcome as AppealOutcome,
      words: values.words,
    });
    if (answer.ok) redirect(303, `${resolve('/(app)/moderation')}?state=appealed`);
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
  decide: async (event) => {
    const form = await event.request.formData();
    const values = textsOf(form, ['decision', 'reason', 'words', 'days']);
    const answer = await decideCase(event.locals.api, event.params.id, {
      decision: values.decision as Decision,
      reason: (values.reason || null) as ReportReason | null,
      words: values.words,
      days: values.days ? Number(values.days) : null,
    });
    if (answer.ok) redirect(303, resolve('/(app)/moderation'));
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
};
