import { listPastMemberships } from '#lib/features/groups/groups-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const past = await listPastMemberships(event.locals.api, cursor);
  if (!past.ok) return stopAt(event, past);
  return { past: past.data };
};
