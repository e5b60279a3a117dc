import { readProviders } from '#lib/server/outside-api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  hasOutsideLogins: (await readProviders(locals.api)).length > 0,
});
