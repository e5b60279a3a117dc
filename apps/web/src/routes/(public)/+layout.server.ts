import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  const site = await locals.site();
  return { site, brand: site };
};
