import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { viewerOf } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) =>
  redirect(303, resolve('/(app)/@[handle]', { handle: (await viewerOf(event)).handle }));
