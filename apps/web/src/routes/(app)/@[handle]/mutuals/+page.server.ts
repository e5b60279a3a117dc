import { loadPeopleOf } from '#lib/server/people-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadPeopleOf(event, 'mutuals');
