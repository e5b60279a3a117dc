import { error } from '@sveltejs/kit';
import { readProfile } from '#lib/features/follows/follows-api.ts';
import * as m from '#lib/generated/messages.js';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

/** For use without scripts; with them, a menu asks. */
export const load: PageServerLoad = async (event) => {
  const { group } = await event.parent();
  if (group.role !== 'creator') error(404, m.error_missing_text());
  const answer = await readProfile(event.locals.api, event.params.userId);
  return answer.ok ? { user: answer.data } : stopAt(event, answer);
};
