import { UNSEEN_FOLLOWS } from '#lib/features/follows/unseen.ts';
import { viewerOf } from '#lib/server/forms.ts';
import { unseenFollows } from '#lib/server/people.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends(UNSEEN_FOLLOWS);
  return { viewer: viewerOf(event), unseen: await unseenFollows(event.locals.api) };
};
