import { readFrame } from '#lib/features/follows/frame.ts';
import { viewerOf } from '#lib/server/forms.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { request, locals } = event;
  const viewer = await viewerOf(event);
  // What an action has just answered no longer waits.
  const after = request.method === 'GET' ? null : await readFrame(locals.api);
  const frame = after?.ok ? after.data : await locals.session;
  return { viewer, unseen: frame?.unseen ?? null };
};
