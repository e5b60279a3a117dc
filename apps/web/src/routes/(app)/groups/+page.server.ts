import { suggestGroups } from '#lib/features/discovery/discovery-api.ts';
import {
  listGroups,
  listOwnGroups,
  listReceivedInvitations,
} from '#lib/features/groups/groups-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import { peopleAsked } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

const OWN_SHOWN = 6;
const SUGGESTED = 6;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const { q, cursor } = peopleAsked(event.url);
  const own = event.url.searchParams.get('own') ?? undefined;
  const isStart = !q && !cursor && !own;
  const [all, mine, invitations, suggestions] = await Promise.all([
    listGroups(api, { q, cursor }),
    own || isStart ? listOwnGroups(api, { cursor: own, limit: OWN_SHOWN }) : null,
    isStart ? listReceivedInvitations(api) : null,
    isStart ? suggestGroups(api, SUGGESTED) : null,
  ]);
  if (!all.ok) return stopAt(event, all);
  return {
    q: q ?? '',
    groups: all.data,
    mine: mine?.ok ? mine.data : null,
    invitations: invitations?.ok ? invitations.data.items : [],
    suggestions: suggestions?.ok ? suggestions.data.items : [],
    deletedId: event.url.searchParams.get('deleted'),
    now: new Date().toISOString(),
  };
};
