import { fail } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import {
  createInvitation,
  listInvitations,
  revokeInvitation,
} from '#lib/features/admin/admin-api.ts';
import { readSettings } from '#lib/features/admin/site-api.ts';
import { refuse, stopAt, textOf, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const [answer, settings] = await Promise.all([
    listInvitations(event.locals.api, cursor),
    readSettings(event.locals.api),
  ]);
  if (!answer.ok) return stopAt(event, answer);
  return {
    invitations: answer.data,
    isOpen: settings.ok && settings.data.registration === 'open',
    now: new Date().toISOString(),
  };
};

export const actions: Actions = {
  create: async (event) => {
    const values = textsOf(await event.request.formData(), ['note', 'maxUses', 'days']);
    const answer = await createInvitation(event.locals.api, {
      note: values.note,
      maxUses: Number(values.maxUses),
      days: Number(values.days),
    });
    if (!answer.ok) {
      toLoginIfSignedOut(event, answer);
      return refuse(answer, values);
    }
    // By the address under which this page was opened.
    const { token } = answer.data;
    return { link: `${event.url.origin}/register?invitation=${token}` };
  },

  revoke: async (event) => {
    const id = textOf(await event.request.formData(), 'id');
    const answer = await revokeInvitation(event.locals.api, id);
    if (answer.ok) return { revoked: true as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { revokeMessage: messageOf(answer) });
  },
};
