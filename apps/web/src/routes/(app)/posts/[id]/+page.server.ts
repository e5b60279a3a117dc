import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { readPostInsights } from '#lib/features/insights/insights-api.ts';
import type { Api, ApiResult } from '#lib/server/api.ts';
import {
  addComment,
  deleteComment,
  likeComment,
  listComments,
  readThread,
  unlikeComment,
} from '#lib/features/posts/comments/comments-api.ts';
import {
  deletePost,
  likePost,
  listPinned,
  readPost,
  unlikePost,
} from '#lib/features/posts/posts-api.ts';
import { messageOf } from '#lib/api-answer.ts';
import * as m from '#lib/generated/messages.js';
import { randomId } from '#lib/random-id.ts';
import { stopAt, textOf, toLoginIfSignedOut, viewerOf } from '#lib/server/forms.ts';
import { safePath } from '#lib/server/safe-path.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const { id } = event.params;
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const asked = event.url.searchParams.get('comment');
  const [post, comments, thread] = await Promise.all([
    readPost(api, id),
    listComments(api, id, { cursor }),
    asked ? readThread(api, asked) : null,
  ]);
  // Not a valid id, so there is no such post.
  if (post.status === 400) error(404, m.error_missing_text());
  if (!post.ok) return stopAt(event, post);
  if (!comments.ok) return stopAt(event, comments);
  const { group, author } = post.data;
  const viewer = await viewerOf(event);
  const [pinned, insights] = await Promise.all([
    group?.isLed ? listPinned(api, group.id) : null,
    !post.data.event && author?.id === viewer.id ? readPostInsights(api, id) : null,
  ]);
  const isPinned = pinned?.ok ? pinned.data.items.some((one) => one.id === id) : false;
  return {
    post: post.data,
    isPinned,
    reach: insights?.ok ? insights.data.reach : null,
    comments: comments.data,
    // One that is gone, or stands elsewhere, leaves the page as it is.
    linked: thread?.ok && thread.data.comment.postId === id ? thread.data : null,
    now: new Date().toISOString(),
  };
};

type Perform = (api: Api, form: FormData, id: string) => Promise<ApiResult<unknown>>;

/** For plain forms; with scripts the page calls the api itself. */
const act =
  (perform: Perform, leadsTo?: string) =>
  async (event: RequestEvent<{ id: string }, '/(app)/posts/[id]'>) => {
    const form = await event.request.formData();
    const answer = await perform(event.locals.api, form, event.params.id);
    if (!answer.ok) {
      toLoginIfSignedOut(event, answer);
      return fail(answer.status, { message: messageOf(answer) });
    }
    const back = textOf(form, 'back');
    redirect(
      303,
      leadsTo ?? (back ? safePath(back) : resolve('/(app)/posts/[id]', { id: event.params.id })),
    );
  };

export const actions: Actions = {
  like: act((api, _form, id) => likePost(api, id)),
  unlike: act((api, _form, id) => unlikePost(api, id)),
  comment: act((api, form, id) => {
    const parentId = textOf(form, 'parentId');
    const body = { content: textOf(form, 'content'), ...(parentId && { parentId }) };
    return addComment(api, id, body, randomId());
  }),
  likeComment: act((api, form) => likeComment(api, textOf(form, 'commentId'))),
  unlikeComment: act((api, form) => unlikeComment(api, textOf(form, 'commentId'))),
  deleteComment: act((api, form) => deleteComment(api, textOf(form, 'commentId'))),
  delete: act((api, _form, id) => deletePost(api, id), resolve('/(app)')),
};
