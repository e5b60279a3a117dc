import { error, fail, redirect } from '@sveltejs/kit';
import type { ReportReason } from '@echomate/contracts/moderation.dto';
import { sendReport } from '#lib/features/moderation/moderation-api.ts';
import { reportPath } from '#lib/features/moderation/report-path.ts';
import { isReportedKind } from '#lib/features/moderation/report-words.ts';
import * as m from '#lib/generated/messages.js';
import { refuse, textsOf, toLoginIfSignedOut, viewerOf, type Refusal } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const kindOf = (kind: string) => (isReportedKind(kind) ? kind : error(404, m.error_missing_text()));

export const load: PageServerLoad = async (event) => {
  await viewerOf(event);
  return { kind: kindOf(event.params.kind), sent: event.url.searchParams.has('sent') };
};

export const actions: Actions = {
  default: async (event) => {
    const { id } = event.params;
    const kind = kindOf(event.params.kind);
    const values = textsOf(await event.request.formData(), ['reason', 'words', 'block']);
    if (!values.reason)
      return fail<Refusal>(400, {
        values,
        errors: { reason: m.reports_choose() },
        message: m.refusal_invalid_input(),
      });
    const block = values.block === 'on';
    const answer = await sendReport(event.locals.api, {
      kind,
      id,
      words: values.words,
      block,
      reason: values.reason as ReportReason,
    });
    if (answer.ok) redirect(303, `${reportPath(kind, id)}?sent=${block ? 'blocked' : 'yes'}`);
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
};
