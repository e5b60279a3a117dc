import { redirect } from '@sveltejs/kit';
import { groupPath } from '#lib/features/groups/group-path.ts';
import type { PageServerLoad } from './$types';

/** For members; the group's first page says how to join. */
export const load: PageServerLoad = async (event) => {
  const { group } = await event.parent();
  if (group.role === null) redirect(303, groupPath(group.id));
};
