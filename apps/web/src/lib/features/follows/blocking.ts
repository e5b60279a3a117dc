import type { UserCard } from '@echomate/contracts/users.dto';
import { messageOf } from '#lib/api-answer.ts';
import { browserApi } from '#lib/browser-api.ts';
import * as m from '#lib/generated/messages.js';
import { toaster } from '#lib/ui/toaster.svelte.ts';
import { departed } from './departed.svelte.ts';
import { block } from './follows-api.ts';
import { nameOf } from './person.ts';

export const blockWords = (user: UserCard) => {
  const name = nameOf(user);
  return {
    title: m.follows_block_title({ name }),
    text: m.follows_block_text({ name }),
    button: m.follows_block(),
  };
};

/**
 * Blocks, and tells whether it worked. The question is closed first: it goes together with what shows the person, and
 * then there would be nothing to give the focus back to.
 */
export const blocking = (close: () => void) => {
  const toasts = toaster();
  const gone = departed();
  return async (user: UserCard): Promise<boolean> => {
    const answer = await block(browserApi, user.id);
    close();
    if (!answer.ok) {
      toasts.show(messageOf(answer), { tone: 'bad' });
      return false;
    }
    gone.note('block', user.id);
    toasts.show(m.follows_blocked_now({ name: nameOf(user) }));
    return true;
  };
};
