import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import { eventPath } from '#lib/features/events/event-path.ts';
import { readAnswers, respondTo, withdrawResponse } from '#lib/features/events/events-api.ts';
import { listComments } from '#lib/features/posts/comments/comments-api.ts';
import { readPost } from '#lib/features/posts/posts-api.ts';
import type { Api, ApiResult } from '#lib/server/api.ts';
import { textOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { event: shown } = await event.parent();
  const { api } = event.locals;
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const [post, comments, answers] = await Promise.all([
    readPost(api, shown.seriesId),
    listComments(api, shown.seriesId, { cursor }),
    readAnswers(api, shown),
  ]);
  return {
    answers,
    post: post.ok ? post.data : null,
    comments: comments.ok ? comments.data : null,
    now: new Date().toISOString(),
  };
};

type Perform = (api: Api, id: string, form: FormData) => Promise<ApiResult<unknown>>;

const act =
  (perform: Perform) => async (event: RequestEvent<{ id: string }, '/(app)/events/[id]'>) => {
    const form = await event.request.formData();
    const answer = await perform(event.locals.api, event.params.id, form);
    if (answer.ok) redirect(303, eventPath(event.params.id));
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { message: messageOf(answer) });
  };

export const actions: Actions = {
  respond: act((api, id, form) => respondTo(api, id, textOf(form, 'optionId'))),
  withdraw: act((api, id) => withdrawResponse(api, id)),
};
