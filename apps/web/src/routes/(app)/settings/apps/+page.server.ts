import { fail } from '@sveltejs/kit';
import { SCOPES } from '@echomate/contracts/scopes';
import { messageOf } from '#lib/api-answer.ts';
import { createToken, endProgram, listPrograms } from '#lib/server/auth-api.ts';
import { refuse, stopAt, textOf, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listPrograms(event.locals.api, cursor);
  if (!answer.ok) return stopAt(event, answer);
  return { programs: answer.data, now: new Date().toISOString() };
};

export const actions: Actions = {
  create: async (event) => {
    const sent = await event.request.formData();
    const values = textsOf(sent, ['name', 'days']);
    const scopes = SCOPES.filter((scope) => sent.getAll('scopes').includes(scope));
    const answer = await createToken(event.locals.api, {
      name: values.name,
      days: Number(values.days),
      scopes,
      password: textOf(sent, 'password'),
    });
    if (answer.ok) return { token: answer.data.token };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, { ...values, scopes: scopes.join(' ') }, ['password']);
  },

  end: async (event) => {
    const id = textOf(await event.request.formData(), 'id');
    const answer = await endProgram(event.locals.api, id);
    // Ended elsewhere meanwhile, which is the wanted result.
    if (answer.ok || answer.status === 404) return { ended: true as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { endMessage: messageOf(answer) });
  },
};
