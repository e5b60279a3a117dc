import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { messageOf } from '#lib/api-answer.ts';
import {
  acceptInvitation,
  acceptRequest,
  askToJoin,
  declineInvitation,
  handOver,
  leaveGroup,
  refuseRequest,
  removeMember,
  restoreGroup,
  withdrawInvitation,
  withdrawRequest,
} from '#lib/features/groups/groups-api.ts';
import { groupPath } from '#lib/features/groups/group-path.ts';
import {
  createPost,
  deletePost,
  listPinned,
  listPostsIn,
  pinPost,
  unpinPost,
} from '#lib/features/posts/posts-api.ts';
import * as m from '#lib/generated/messages.js';
import { randomId } from '#lib/random-id.ts';
import type { Api, ApiResult } from '#lib/server/api.ts';
import {
  refuse,
  stopAt,
  textOf,
  textsOf,
  toLoginIfSignedOut,
  viewerOf,
} from '#lib/server/forms.ts';
import { safePath } from '#lib/server/safe-path.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const { id } = event.params;
  const cursor = event.url.searchParams.get('cursor') ?? undefined;
  const [posts, pinned] = await Promise.all([
    listPostsIn(api, id, cursor),
    cursor ? null : listPinned(api, id),
  ]);
  // For members only, or there is no such group; the layout says which.
  if (posts.status === 404 || posts.status === 400) return { inside: null };
  if (!posts.ok) return stopAt(event, posts);
  return {
    inside: {
      posts: posts.data,
      pinned: pinned?.ok ? pinned.data.items : [],
      formKey: randomId(),
    },
  };
};

type Perform = (api: Api, id: string, form: FormData) => Promise<ApiResult<unknown>>;

/** Scripts stay on the page; a plain form names the page to return to. */
const act =
  (perform: Perform) => async (event: RequestEvent<{ id: string }, '/(app)/groups/[id]'>) => {
    const form = await event.request.formData();
    const answer = await perform(event.locals.api, event.params.id, form);
    if (!answer.ok) {
      toLoginIfSignedOut(event, answer);
      const message = answer.status === 404 ? m.groups_changed() : messageOf(answer);
      return fail(answer.status, { values: {}, errors: {}, message });
    }
    const back = textOf(form, 'back');
    if (back) redirect(303, safePath(back));
  };

const of = (perform: (api: Api, id: string, userId: string) => Promise<ApiResult<unknown>>) =>
  act((api, id, form) => perform(api, id, textOf(form, 'userId')));

export const actions: Actions = {
  ask: async (event) => {
    const words = textOf(await event.request.formData(), 'words');
    const answer = await askToJoin(event.locals.api, event.params.id, words);
    if (answer.ok) return;
    toLoginIfSignedOut(event, answer);
    return refuse(answer, { words });
  },
  withdraw: act((api, id) => withdrawRequest(api, id)),
  accept: act((api, id) => acceptInvitation(api, id)),
  decline: act((api, id) => declineInvitation(api, id)),
  leave: act((api, id) => leaveGroup(api, id)),
  restore: act((api, id) => restoreGroup(api, id)),
  acceptRequest: of(acceptRequest),
  refuseRequest: of(refuseRequest),
  withdrawInvitation: of(withdrawInvitation),
  remove: of(removeMember),
  handOver: of(handOver),
  pin: act((api, _id, form) => pinPost(api, textOf(form, 'postId'))),
  unpin: act((api, _id, form) => unpinPost(api, textOf(form, 'postId'))),
  deletePost: act((api, _id, form) => deletePost(api, textOf(form, 'postId'))),

  post: async (event) => {
    await viewerOf(event);
    const { id } = event.params;
    const form = await event.request.formData();
    const { key, ...values } = textsOf(form, ['key', 'title', 'content']);
    const answer = await createPost(
      event.locals.api,
      { ...values, audience: 'group', groupId: id },
      key || randomId(),
    );
    if (answer.ok) redirect(303, groupPath(id));
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
};
