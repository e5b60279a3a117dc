import { listMuted } from '#lib/features/follows/follows-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import { peopleAsked } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { cursor } = peopleAsked(event.url);
  const answer = await listMuted(event.locals.api, { cursor });
  return answer.ok ? { people: answer.data } : stopAt(event, answer);
};
