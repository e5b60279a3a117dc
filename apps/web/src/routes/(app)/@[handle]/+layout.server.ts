import { redirect } from '@sveltejs/kit';
import { tellVisit } from '#lib/features/insights/insights-api.ts';
import { listPeopleOf, readProfile } from '#lib/features/follows/follows-api.ts';
import { isAskedAhead } from '#lib/server/api.ts';
import { stopAt } from '#lib/server/forms.ts';
import { profileAddress } from '#lib/server/profile-address.ts';
import { readOwnProfile } from '#lib/server/users-api.ts';
import type { LayoutServerLoad } from './$types';

/** As many as the sentence "Followed by …" names. */
const NAMED = 2;

export const load: LayoutServerLoad = async (event) => {
  const { api } = event.locals;
  const answer = await readProfile(api, event.params.handle);
  if (!answer.ok) return stopAt(event, answer);
  const profile = answer.data;
  // A form has been answered already, and the page says how.
  const isRead = event.request.method === 'GET';
  if (isRead && profile.handle !== event.params.handle)
    // This is loaded for a person, not anew for each of their tabs.
    event.untrack(() => redirect(307, profileAddress(profile.handle, event.url)));
  const [own, mutuals] = await Promise.all([
    profile.isMe ? readOwnProfile(api) : null,
    profile.mutualCount ? listPeopleOf(api, profile.id, 'mutuals', { limit: NAMED }) : null,
    isRead && !profile.isMe && !isAskedAhead(event) && tellVisit(api, { personId: profile.id }),
  ]);
  return {
    profile,
    own: own?.ok ? own.data : null,
    mutuals: mutuals?.ok ? mutuals.data.items : [],
    now: new Date().toISOString(),
  };
};
