import { fail } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import { endOtherSessions, endSession, listSessions } from '#lib/server/auth-api.ts';
import { stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listSessions(event.locals.api, cursor);
  if (!answer.ok) return stopAt(event, answer);
  return {
    sessions: answer.data.items,
    nextCursor: answer.data.nextCursor,
    isFirstPage: cursor === undefined,
    now: new Date().toISOString(),
  };
};

export const actions: Actions = {
  end: async (event) => {
    const id = textOf(await event.request.formData(), 'id');
    const answer = await endSession(event.locals.api, id);
    // Ended in another tab meanwhile, which is the wanted result.
    if (answer.ok || answer.status === 404) return { saved: 'one' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  },

  endOthers: async (event) => {
    const answer = await endOtherSessions(event.locals.api);
    if (answer.ok) return { saved: 'others' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  },
};
