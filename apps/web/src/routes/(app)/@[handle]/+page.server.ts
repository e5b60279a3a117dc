import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { messageOf } from '#lib/api-answer.ts';
import type { Api, ApiResult } from '#lib/server/api.ts';
import {
  acceptFollow,
  block,
  declineFollow,
  follow,
  mute,
  removeFollower,
  restoreRequest,
  unblock,
  unfollow,
  unmute,
} from '#lib/features/follows/follows-api.ts';
import { listPostsOf } from '#lib/features/posts/posts-api.ts';
import { stopAt, textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { safePath } from '#lib/server/safe-path.ts';
import type { Actions, PageServerLoad } from './$types';

const QUESTIONS = ['unfollow', 'block', 'removeFollower'] as const;

export const load: PageServerLoad = async (event) => {
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const answer = await listPostsOf(event.locals.api, event.params.handle, cursor);
  // The profile is private or does not exist; the layout says which.
  if (answer.status === 404 || answer.status === 400) return { posts: null };
  return answer.ok ? { posts: answer.data } : stopAt(event, answer);
};

type Perform = (api: Api, whom: string) => Promise<ApiResult<unknown>>;

/** Scripts stay on the page and need the answer; a plain form names the page to return to. */
const act =
  (perform: Perform, leadsTo?: (whom: string) => string) =>
  async (event: RequestEvent<{ handle: string }, '/(app)/@[handle]'>) => {
    const form = await event.request.formData();
    const answer = await perform(event.locals.api, event.params.handle);
    if (!answer.ok) {
      toLoginIfSignedOut(event, answer);
      return fail(answer.status, { message: messageOf(answer) });
    }
    const back = form.get('back');
    if (typeof back === 'string') redirect(303, leadsTo?.(event.params.handle) ?? safePath(back));
    return { answer: answer.data ?? null };
  };

export const actions: Actions = {
  /** Without scripts, a page asks the question instead of a dialog. */
  ask: async (event) => {
    const form = await event.request.formData();
    const asked = QUESTIONS.find((question) => question === textOf(form, 'question'));
    return { asked, back: safePath(textOf(form, 'back')) };
  },
  follow: act(follow),
  unfollow: act(unfollow),
  accept: act(acceptFollow),
  // There it can be taken back.
  decline: act(declineFollow, (id) => `${resolve('/(app)/requests')}?declined=${id}`),
  restoreRequest: act(restoreRequest),
  removeFollower: act(removeFollower),
  mute: act(mute),
  unmute: act(unmute),
  // This page shows nothing any more.
  block: act(block, () => resolve('/(app)/people')),
  unblock: act(unblock),
};
