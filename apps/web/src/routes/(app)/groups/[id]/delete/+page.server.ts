import { error, fail, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { messageOf } from '#lib/api-answer.ts';
import { deleteGroup } from '#lib/features/groups/groups-api.ts';
import * as m from '#lib/generated/messages.js';
import { toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { group } = await event.parent();
  if (group.role !== 'creator') error(404, m.error_missing_text());
};

export const actions: Actions = {
  /** The first answer leads to the second question. */
  ask: () => ({ isSure: true, message: undefined }),

  delete: async (event) => {
    const { id } = event.params;
    const answer = await deleteGroup(event.locals.api, id);
    if (answer.ok) redirect(303, `${resolve('/(app)/groups')}?deleted=${id}`);
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { isSure: true, message: messageOf(answer) });
  },
};
