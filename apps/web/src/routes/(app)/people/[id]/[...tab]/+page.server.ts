import { redirect } from '@sveltejs/kit';
import { readProfile } from '#lib/features/follows/follows-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import { profileAddress } from '#lib/server/profile-address.ts';
import type { PageServerLoad } from './$types';

/** An id leads to a person for good; their pages are at their handle. */
export const load: PageServerLoad = async (event) => {
  const answer = await readProfile(event.locals.api, event.params.id);
  if (!answer.ok) return stopAt(event, answer);
  redirect(307, profileAddress(answer.data.handle, event.url));
};
