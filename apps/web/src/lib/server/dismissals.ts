import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import * as m from '#lib/generated/messages.js';
import { dismiss, isDismissalKind, takeBack } from '#lib/features/discovery/discovery-api.ts';
import { textsOf, toLoginIfSignedOut } from './forms.ts';
import { safePath } from './safe-path.ts';

/** What a plain form does with a suggestion, and back to the page that it came from. */
const by = (perform: typeof dismiss | typeof takeBack) => async (event: RequestEvent) => {
  const { kind, subject, back } = textsOf(await event.request.formData(), [
    'kind',
    'subject',
    'back',
  ]);
  if (!isDismissalKind(kind)) error(400, m.error_refused_title());
  const answer = await perform(event.locals.api, { kind, subject });
  if (answer.ok) redirect(303, safePath(back));
  toLoginIfSignedOut(event, answer);
  return fail(answer.status, { message: messageOf(answer) });
};

export const dismissals = { dismiss: by(dismiss), takeBack: by(takeBack) };
