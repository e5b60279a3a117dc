import type { UserCard } from '@echomate/contracts/users.dto';
import { messageOf } from '#lib/api-answer.ts';
import { browserApi } from '#lib/browser-api.ts';
import * as m from '#lib/generated/messages.js';
import { toaster } from '#lib/ui/toaster.svelte.ts';
import { departed } from './departed.svelte.ts';
import { mute, unmute } from './follows-api.ts';
import { nameOf } from './person.ts';

/** Mutes and unmutes: shown at once, taken back if it failed, and for some seconds with an undo. */
export const muting = (show: (isMuted: boolean) => void, onchanged?: () => void) => {
  const toasts = toaster();
  const gone = departed();

  const note = (user: UserCard, isMuted: boolean) => {
    gone.note(isMuted ? 'mute' : 'unmute', user.id);
    show(isMuted);
  };

  const setMuted = async (user: UserCard, isMuted: boolean): Promise<void> => {
    const name = nameOf(user);
    note(user, isMuted);
    const answer = await (isMuted ? mute : unmute)(browserApi, user.id);
    if (!answer.ok) {
      note(user, !isMuted);
      return toasts.show(messageOf(answer), { tone: 'bad' });
    }
    if (isMuted) {
      toasts.show(m.follows_muted_now({ name }), {
        action: { label: m.ui_undo(), run: () => void setMuted(user, false) },
      });
    } else {
      toasts.show(m.follows_unmuted_now({ name }));
    }
    onchanged?.();
  };
  return setMuted;
};
