import { onMount } from 'svelte';
import type { Conversation, ConversationPage } from '@echomate/contracts/chat.dto';
import { backgroundApi, browserApi } from '#lib/browser-api.ts';
import { joined } from '#lib/joined.ts';
import { realtime } from '#lib/realtime/realtime.svelte.ts';
import { listConversations } from './chat-api.ts';

const SOON_MS = 200;

/** The list of conversations, as it changes. */
class LiveConversations {
  readonly #loaded: () => ConversationPage;
  items = $derived.by(() => this.#loaded().items);
  nextCursor = $derived.by(() => this.#loaded().nextCursor);
  readonly #online = $state<Record<string, boolean>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(loaded: () => ConversationPage) {
    this.#loaded = loaded;
  }

  isOnline({ person, isOnline }: Conversation): boolean {
    return (this.#online[person?.id ?? ''] ?? isOnline) === true;
  }

  sawOnline(userId: string, isOnline: boolean) {
    this.#online[userId] = isOnline;
  }

  /** Several pushes ask once. */
  readonly refresh = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), SOON_MS);
  };

  /** What was shown further down stays. */
  async load() {
    const answer = await listConversations(backgroundApi);
    if (answer.ok) this.#take(answer.data);
    return answer;
  }

  #take(page: ConversationPage) {
    const oldest = page.items.at(-1)?.lastMessage?.id ?? '';
    const further = this.items.filter(({ lastMessage }) => (lastMessage?.id ?? '') < oldest);
    const isAll = page.nextCursor === null;
    this.items = isAll ? page.items : joined(page.items, further);
    if (further.length === 0) this.nextCursor = page.nextCursor;
  }

  async loadMore() {
    if (!this.nextCursor) return;
    const answer = await listConversations(browserApi, { cursor: this.nextCursor });
    if (!answer.ok) return;
    this.items = joined(this.items, answer.data.items);
    this.nextCursor = answer.data.nextCursor;
  }

  close() {
    clearTimeout(this.#timer);
  }
}

export const liveConversations = (loaded: () => ConversationPage) => {
  const live = realtime();
  const list = new LiveConversations(loaded);
  onMount(() => {
    const stops = [
      live.on('message.added', list.refresh),
      live.on('message.changed', list.refresh),
      live.on('conversation.read', list.refresh),
      live.on('conversation.changed', list.refresh),
      live.on('presence.changed', ({ userId, isOnline }) => list.sawOnline(userId, isOnline)),
      live.onConnect(list.refresh),
    ];
    return () => {
      list.close();
      stops.forEach((stop) => stop());
    };
  });
  return list;
};
