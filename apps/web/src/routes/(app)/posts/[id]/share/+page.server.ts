import { error, redirect } from '@sveltejs/kit';
import type { OwnAudience } from '@echomate/contracts/posts.dto';
import { resolve } from '$app/paths';
import { readPost, sharePost } from '#lib/features/posts/posts-api.ts';
import * as m from '#lib/generated/messages.js';
import { randomId } from '#lib/random-id.ts';
import { refuse, stopAt, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readPost(event.locals.api, event.params.id);
  if (answer.status === 400) error(404, m.error_missing_text());
  return answer.ok
    ? { post: answer.data, formKey: randomId(), now: new Date().toISOString() }
    : stopAt(event, answer);
};

/** For use without scripts; with them, a dialog shares the post. */
export const actions: Actions = {
  default: async (event) => {
    const { key, ...values } = textsOf(await event.request.formData(), [
      'key',
      'content',
      'audience',
    ]);
    const answer = await sharePost(
      event.locals.api,
      event.params.id,
      { ...values, audience: values.audience as OwnAudience },
      key || randomId(),
    );
    if (answer.ok) redirect(303, resolve('/(app)/posts/[id]', { id: answer.data.id }));
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
};
