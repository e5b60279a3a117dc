import { redirect } from '@sveltejs/kit';
import type { PersonCard } from '@echomate/contracts/follows.dto';
import { listMembers, listRequests, listSentInvitations } from '#lib/features/groups/groups-api.ts';
import { groupPath } from '#lib/features/groups/group-path.ts';
import { stopAt } from '#lib/server/forms.ts';
import { peopleAsked } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

const byPerson = <Item extends { user: PersonCard }>(page: {
  items: Item[];
  nextCursor: string | null;
}) => ({ ...page, items: page.items.map((item) => ({ ...item, id: item.user.id })) });

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const { id } = event.params;
  const { searchParams } = event.url;
  const asked = peopleAsked(event.url);
  const { group } = await event.parent();
  if (group.role === null) redirect(303, groupPath(id));
  const [members, requests, invitations] = await Promise.all([
    listMembers(api, id, asked),
    group.role === 'creator' && !asked.q
      ? listRequests(api, id, searchParams.get('requests') ?? undefined)
      : null,
    asked.q ? null : listSentInvitations(api, id, searchParams.get('invitations') ?? undefined),
  ]);
  if (members.status === 404) redirect(303, groupPath(id));
  if (!members.ok) return stopAt(event, members);
  return {
    q: asked.q ?? '',
    members: byPerson(members.data),
    requests: requests?.ok ? byPerson(requests.data) : null,
    invitations: invitations?.ok ? byPerson(invitations.data) : null,
  };
};
