import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { viewerOf } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  redirect(303, resolve('/(app)/people/[id]', { id: viewerOf(event).id }));
