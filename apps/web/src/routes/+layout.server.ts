import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
  viewer: locals.session?.user ?? null,
  theme: locals.theme,
});
