import { getContext, onMount, setContext } from 'svelte';
import { backgroundApi } from '#lib/browser-api.ts';
import type { Realtime } from '#lib/realtime/realtime.svelte.ts';
import { countUnread } from './chat-api.ts';
import { soundMessage } from './message-sound.ts';

const KEY = Symbol('unread messages');
const SOON_MS = 150;

/** In how many conversations something is unread. */
class Unread {
  readonly #loaded: () => number;
  count = $derived.by(() => this.#loaded());
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(loaded: () => number) {
    this.#loaded = loaded;
  }

  /** Several pushes ask once. */
  readonly refresh = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const answer = await countUnread(backgroundApi);
      if (!answer.ok) return;
      const before = this.count;
      this.count = answer.data.conversations;
      if (this.count > before) soundMessage();
    }, SOON_MS);
  };
}

export const provideUnread = (realtime: Realtime, loaded: () => number) => {
  const unread = new Unread(loaded);
  onMount(() => {
    const stops = [
      realtime.on('message.added', unread.refresh),
      realtime.on('conversation.read', unread.refresh),
      realtime.on('conversation.changed', unread.refresh),
      realtime.onConnect(unread.refresh),
    ];
    return () => stops.forEach((stop) => stop());
  });
  return setContext(KEY, unread);
};

export const unreadMessages = () => getContext<Unread>(KEY);
