import { redirect } from '@sveltejs/kit';
import { groupPath } from '#lib/features/groups/group-path.ts';
import { invite, listInvitable } from '#lib/features/groups/groups-api.ts';
import { refuse, stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { peopleAsked } from '#lib/server/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { group } = await event.parent();
  if (group.role === null) redirect(303, groupPath(group.id));
  const { searchParams } = event.url;
  const { q } = peopleAsked(event.url);
  const answer = await listInvitable(event.locals.api, group.id, { q });
  if (!answer.ok) return stopAt(event, answer);
  return {
    q: q ?? '',
    people: answer.data,
    // Without scripts a search carries along what was chosen and written before.
    chosenIds: searchParams.getAll('userIds'),
    words: searchParams.get('words') ?? '',
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const words = textOf(form, 'words');
    const userIds = [...new Set(form.getAll('userIds').map(String))];
    const answer = await invite(event.locals.api, event.params.id, { userIds, words });
    if (answer.ok) return { sent: answer.data };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, { words }, ['userIds']);
  },
};
