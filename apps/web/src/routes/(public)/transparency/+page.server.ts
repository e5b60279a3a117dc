import { readNumbers } from '#lib/features/moderation/moderation-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readNumbers(event.locals.api);
  return answer.ok ? answer.data : stopAt(event, answer);
};
