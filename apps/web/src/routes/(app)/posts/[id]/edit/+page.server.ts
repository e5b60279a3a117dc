import { error, redirect } from '@sveltejs/kit';
import type { OwnAudience } from '@echomate/contracts/posts.dto';
import { resolve } from '$app/paths';
import { draftOf } from '#lib/features/posts/writing/draft-text.ts';
import { readAudience, readPost, updatePost } from '#lib/features/posts/posts-api.ts';
import * as m from '#lib/generated/messages.js';
import { refuse, stopAt, textsOf, toLoginIfSignedOut, viewerOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const answer = await readPost(event.locals.api, event.params.id);
  if (answer.status === 400) error(404, m.error_missing_text());
  if (!answer.ok) return stopAt(event, answer);
  const { id, author, event: planned, title, content, mentions, shared, audience } = answer.data;
  if (planned || author?.id !== (await viewerOf(event)).id) error(404, m.error_missing_text());
  const view = audience === 'chosen' ? await readAudience(event.locals.api, id) : null;
  return {
    id,
    title,
    text: draftOf(content, mentions),
    hasTitle: shared === null,
    audience,
    chosen: (view?.ok && view.data.chosen) || [],
  };
};

/** For use without scripts; with them, a dialog edits the post. */
export const actions: Actions = {
  default: async (event) => {
    const { id } = event.params;
    const form = await event.request.formData();
    const values = textsOf(form, ['title', 'content', 'audience']);
    const chosenUserIds = form.getAll('chosen').map(String);
    const answer = await updatePost(event.locals.api, id, {
      title: values.title,
      content: values.content,
      // Without scripts chosen followers cannot be offered, and stay unchanged.
      ...(values.audience && {
        audience: values.audience as OwnAudience,
        ...(values.audience === 'chosen' && { chosenUserIds }),
      }),
    });
    if (answer.ok) redirect(303, resolve('/(app)/posts/[id]', { id }));
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },
};
