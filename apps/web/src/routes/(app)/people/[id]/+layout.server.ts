import { error } from '@sveltejs/kit';
import { listPeopleOf, readProfile } from '#lib/server/follows-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import { readOwnProfile } from '#lib/server/users-api.ts';
import * as m from '#lib/paraglide/messages.js';
import type { LayoutServerLoad } from './$types';

/** As many as the sentence "Followed by …" names. */
const NAMED = 2;

export const load: LayoutServerLoad = async (event) => {
  const { api } = event.locals;
  const answer = await readProfile(api, event.params.id);
  // What cannot be an id is nobody's.
  if (answer.status === 400) error(404, m.error_missing_text());
  if (!answer.ok) return stopAt(event, answer);
  const profile = answer.data;
  const [own, mutuals] = await Promise.all([
    profile.isMe ? readOwnProfile(api) : null,
    profile.mutualCount ? listPeopleOf(api, profile.id, 'mutuals', { limit: NAMED }) : null,
  ]);
  return {
    profile,
    own: own?.ok ? own.data : null,
    mutuals: mutuals?.ok ? mutuals.data.items : [],
    now: new Date().toISOString(),
  };
};
