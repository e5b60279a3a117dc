import { fail } from '@sveltejs/kit';
import { messageOf, type ApiResult } from '#lib/api-answer.ts';
import {
  acceptRegistration,
  listRegistrations,
  refuseRegistration,
} from '#lib/features/admin/admin-api.ts';
import { stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listRegistrations(event.locals.api, cursor);
  if (!answer.ok) return stopAt(event, answer);
  return { registrations: answer.data, now: new Date().toISOString() };
};

const decided = (
  event: RequestEvent,
  answer: ApiResult<undefined>,
  how: 'in' | 'out',
  typed?: Record<'id' | 'reason', string>,
) => {
  if (answer.ok) return { decided: how };
  toLoginIfSignedOut(event, answer);
  return fail(answer.status, { message: messageOf(answer), ...typed });
};

export const actions: Actions = {
  accept: async (event) => {
    const id = textOf(await event.request.formData(), 'id');
    return decided(event, await acceptRegistration(event.locals.api, id), 'in');
  },

  refuse: async (event) => {
    const form = await event.request.formData();
    const id = textOf(form, 'id');
    const reason = textOf(form, `reason-${id}`);
    return decided(event, await refuseRegistration(event.locals.api, id, reason), 'out', {
      id,
      reason,
    });
  },
};
