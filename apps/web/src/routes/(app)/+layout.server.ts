import { readUnseen } from '#lib/features/follows/unseen.ts';
import { viewerOf } from '#lib/server/forms.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const [viewer, unseen] = await Promise.all([viewerOf(event), readUnseen(event.locals.api)]);
  return { viewer, unseen };
};
