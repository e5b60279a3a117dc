import { messageOf } from '#lib/api-answer.ts';
import { browserApi } from '#lib/browser-api.ts';
import { livingPosts } from '#lib/features/posts/living-posts.svelte.ts';
import * as m from '#lib/generated/messages.js';
import { toaster } from '#lib/ui/toaster.svelte.ts';
import { dismiss, takeBack, type Dismissable } from './discovery-api.ts';
import { dismissed } from './dismissed.svelte.ts';

/** Dismisses and takes back: shown at once, undone if it failed, and for some seconds with an undo. */
export const dismissing = () => {
  const toasts = toaster();
  const gone = dismissed();
  const posts = livingPosts();

  const note = (what: Dismissable, isDismissed: boolean) => {
    gone.note(what, isDismissed);
    if (what.kind === 'post') posts[isDismissed ? 'remove' : 'bringBack'](what.subject);
  };

  const set = async (what: Dismissable, name: string, isDismissed: boolean): Promise<void> => {
    note(what, isDismissed);
    const answer = await (isDismissed ? dismiss : takeBack)(browserApi, what);
    if (!answer.ok) {
      note(what, !isDismissed);
      return toasts.show(messageOf(answer), { tone: 'bad' });
    }
    if (!isDismissed) return toasts.show(m.discovery_taken_back());
    const words =
      what.kind === 'post' ? m.discovery_post_dismissed() : m.discovery_dismissed({ name });
    toasts.show(words, {
      action: { label: m.ui_undo(), run: () => void set(what, name, false) },
    });
  };
  return set;
};
