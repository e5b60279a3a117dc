import { READER } from '#lib/reader.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { locals } = event;
  event.depends(READER);
  const session = await locals.session;
  return {
    viewer: session ? session.user : session,
    brand: session?.brand,
    takesVideos: session?.takesVideos ?? false,
    theme: locals.theme,
    reader: locals.reader,
  };
};
