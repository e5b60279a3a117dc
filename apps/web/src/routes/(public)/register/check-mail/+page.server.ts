import { hasMailbox } from '#lib/server/auth-api.ts';
import { readMailedTo } from '#lib/server/mailed-to.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  mailedTo: readMailedTo(event),
  hasMailbox: await hasMailbox(event.locals.api),
});
