import { listPeople } from '#lib/features/admin/admin-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

/** Narrowed to those who look after the site. */
const ROLES = ['moderator', 'admin'] as const;

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const q = searchParams.get('q')?.trim() ?? '';
  const role = ROLES.find((one) => one === searchParams.get('role'));
  const cursor = searchParams.get('cursor') ?? undefined;
  const answer = await listPeople(event.locals.api, { q: q || undefined, role, cursor });
  if (!answer.ok) return stopAt(event, answer);
  return { q, role: role ?? null, people: answer.data, now: new Date().toISOString() };
};
