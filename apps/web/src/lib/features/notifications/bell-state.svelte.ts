import { getContext, onMount, setContext } from 'svelte';
import type { NotificationPage } from '@echomate/contracts/notifications.dto';
import { backgroundApi } from '#lib/browser-api.ts';
import type { Realtime } from '#lib/realtime/realtime.svelte.ts';
import { countUnseen, markSeen } from './notifications-api.ts';

const KEY = Symbol('bell');
/** What many people are told at once, they do not all ask for at once. */
const SPREAD_MS = 700;
const ASK_EVERY_MS = 120_000;

/** How many notifications came since the viewer last looked, the same on every page and in every tab. */
class Bell {
  readonly #loaded: () => number;
  unseen = $derived.by(() => this.#loaded());
  /** Grows whenever something has changed, for lists that are open. */
  changes = $state(0);

  constructor(loaded: () => number) {
    this.#loaded = loaded;
  }

  readonly refresh = async () => {
    const answer = await countUnseen(backgroundApi);
    if (!answer.ok) return;
    this.unseen = answer.data.unseen;
    this.changes++;
  };

  /** At a page of the list; what has come since it was read stays unseen. */
  async looked({ newest }: NotificationPage) {
    if (this.unseen === 0 || newest === null) return;
    await markSeen(backgroundApi, newest);
    await this.refresh();
  }
}

export const provideBell = (realtime: Realtime, loaded: () => number) => {
  const bell = new Bell(loaded);
  let pending: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    pending ??= setTimeout(() => {
      pending = undefined;
      void bell.refresh();
    }, Math.random() * SPREAD_MS);
  };
  onMount(() => {
    const ends = [realtime.on('notifications.changed', soon), realtime.onConnect(soon)];
    // Should there be no line at all.
    const timer = setInterval(() => {
      if (!document.hidden) soon();
    }, ASK_EVERY_MS);
    return () => {
      ends.forEach((end) => end());
      clearInterval(timer);
      clearTimeout(pending);
    };
  });
  return setContext(KEY, bell);
};

export const bell = () => getContext<Bell>(KEY);
