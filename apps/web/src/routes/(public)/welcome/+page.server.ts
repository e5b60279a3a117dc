import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if (await locals.session) redirect(303, resolve('/(app)'));
  const site = await locals.site();
  return { site, brand: site };
};
