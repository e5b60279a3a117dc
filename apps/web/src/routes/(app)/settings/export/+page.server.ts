import { refuse, stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { readExport, startExport } from '#lib/server/leaving-api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readExport(event.locals.api);
  if (!answer.ok) return stopAt(event, answer);
  return { newest: answer.data.export };
};

export const actions: Actions = {
  default: async (event) => {
    const password = textOf(await event.request.formData(), 'password');
    const answer = await startExport(event.locals.api, { password });
    if (answer.ok) return;
    toLoginIfSignedOut(event, answer);
    return refuse(answer, {}, ['password']);
  },
};
