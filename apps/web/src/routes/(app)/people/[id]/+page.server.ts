import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import type { Api, ApiResult } from '#lib/server/api.ts';
import {
  acceptFollow,
  block,
  declineFollow,
  follow,
  mute,
  removeFollower,
  unblock,
  unfollow,
  unmute,
} from '#lib/server/follows-api.ts';
import { listPostsOf } from '#lib/features/posts/posts-api.ts';
import { stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { safePath } from '#lib/server/safe-path.ts';
import type { Actions, PageServerLoad } from './$types';

const QUESTIONS = ['unfollow', 'block', 'removeFollower'] as const;

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listPostsOf(event.locals.api, event.params.id, cursor);
  // The profile is private or not there; the layout says which.
  if (answer.status === 404 || answer.status === 400) return { posts: null };
  return answer.ok ? { posts: answer.data } : stopAt(event, answer);
};

type Perform = (api: Api, id: string) => Promise<ApiResult<unknown>>;

/** Scripts stay on their page and need the answer; a plain form says which page to go back to. */
const act =
  (perform: Perform, isLeft = false) =>
  async (event: RequestEvent<{ id: string }, '/(app)/people/[id]'>) => {
    const form = await event.request.formData();
    const answer = await perform(event.locals.api, event.params.id);
    if (!answer.ok) {
      toLoginIfSignedOut(event, answer);
      return fail(answer.status, { message: answer.message });
    }
    const back = form.get('back');
    if (typeof back === 'string') redirect(303, isLeft ? resolve('/(app)/people') : safePath(back));
    return { answer: answer.data ?? null };
  };

export const actions: Actions = {
  /** Where scripts do not run, the question is asked by a page instead of a dialog. */
  ask: async (event) => {
    const form = await event.request.formData();
    const asked = QUESTIONS.find((question) => question === textOf(form, 'question'));
    return { asked, back: safePath(textOf(form, 'back')) };
  },
  follow: act(follow),
  unfollow: act(unfollow),
  accept: act(acceptFollow),
  decline: act(declineFollow),
  removeFollower: act(removeFollower),
  mute: act(mute),
  unmute: act(unmute),
  // There is nothing left to see here.
  block: act(block, true),
  unblock: act(unblock),
};
