import { getContext, onMount, setContext } from 'svelte';
import type { Message, SendMessageRequest } from '@echomate/contracts/chat.dto';
import { messageOf } from '#lib/api-answer.ts';
import { browserApi } from '#lib/browser-api.ts';
import { outboxPlace } from '#lib/kept-here.ts';
import { reach, type Reach } from '#lib/realtime/reach.svelte.ts';
import { sendMessage } from './chat-api.ts';

const KEY = Symbol('outbox');
const AWAY = [502, 503, 504];
const RETRIED_AFTER_MS = 5_000;

/** Written here and not yet saved there. */
export interface Pending {
  conversationId: string;
  request: SendMessageRequest;
  at: number;
  /** Until there is a line */
  isWaiting: boolean;
  failure: string | null;
}

/**
 * The messages that are on their way, of all conversations. Each is kept in this browser until it is saved, so it
 * survives a reload, and goes out once the line is back; the same `clientId` never sends twice. Those of a conversation
 * go one after the other.
 */
export class Outbox {
  messages = $state<Pending[]>([]);
  readonly #viewerId: string;
  readonly #reach: Reach;
  readonly #sending = new Set<string>();
  #heard: ((message: Message) => void)[] = [];

  constructor(viewerId: string, ofServer: Reach) {
    this.#viewerId = viewerId;
    this.#reach = ofServer;
  }

  of(conversationId: string) {
    return this.messages.filter((one) => one.conversationId === conversationId);
  }

  send(conversationId: string, request: SendMessageRequest) {
    const known = this.messages.find((one) => one.request.clientId === request.clientId);
    if (known) known.failure = null;
    else {
      const at = Math.max(Date.now(), (this.messages.at(-1)?.at ?? 0) + 1);
      this.#add([
        { conversationId, request, at, isWaiting: !this.#reach.isReachable, failure: null },
      ]);
    }
    return this.#sendAll(conversationId);
  }

  settle(clientId: string) {
    this.messages = this.messages.filter(({ request }) => request.clientId !== clientId);
    storage()?.removeItem(this.#placeOf(clientId));
  }

  clear() {
    for (const { request } of this.messages) this.settle(request.clientId);
  }

  /** Whoever shows a conversation hears what was saved of it. */
  onSent(heard: (message: Message) => void): () => void {
    this.#heard.push(heard);
    return () => {
      this.#heard = this.#heard.filter((one) => one !== heard);
    };
  }

  /** What was waiting when the page was left. */
  restore() {
    const kept = storage();
    const own = Object.keys(kept ?? {}).filter((place) => place.startsWith(this.#placeOf('')));
    const known = new Set(this.messages.map(({ request }) => request.clientId));
    const waiting = own
      .flatMap((place) => pendingIn(kept?.getItem(place) ?? ''))
      .filter(({ request }) => !known.has(request.clientId));
    this.#add(waiting);
    this.retry();
  }

  readonly retry = () => {
    for (const id of new Set(this.messages.map((one) => one.conversationId)))
      void this.#sendAll(id);
  };

  /** Another tab has sent it, or somebody has logged out there. */
  readonly follow = ({ key, newValue }: StorageEvent) => {
    if (key?.startsWith(this.#placeOf('')) && newValue === null)
      this.settle(key.slice(this.#placeOf('').length));
  };

  async #sendAll(conversationId: string) {
    if (this.#sending.has(conversationId)) return;
    this.#sending.add(conversationId);
    try {
      for (;;) {
        const next = this.of(conversationId).find(({ failure }) => failure === null);
        if (!next || !(await this.#sendOne(next))) return;
      }
    } finally {
      this.#sending.delete(conversationId);
    }
  }

  /** False if there is no line, so that those after it have to wait as well. */
  async #sendOne(one: Pending): Promise<boolean> {
    const answer = await sendMessage(browserApi, one.conversationId, one.request);
    if (answer.ok) {
      this.settle(one.request.clientId);
      for (const heard of this.#heard) heard(answer.data);
      return true;
    }
    if (!AWAY.includes(answer.status)) {
      one.failure = messageOf(answer);
      return true;
    }
    for (const waiting of this.of(one.conversationId)) waiting.isWaiting = true;
    await this.#reach.ask();
    if (this.#reach.isReachable) setTimeout(this.retry, RETRIED_AFTER_MS);
    return false;
  }

  #add(added: Pending[]) {
    for (const one of added) {
      try {
        storage()?.setItem(this.#placeOf(one.request.clientId), JSON.stringify(one));
      } catch {
        // The storage is full; the message is on the page all the same.
      }
    }
    this.messages = [...this.messages, ...added].sort((one, other) => one.at - other.at);
  }

  #placeOf(clientId: string) {
    return `${outboxPlace(this.#viewerId)}:${clientId}`;
  }
}

const pendingIn = (text: string): Pending[] => {
  try {
    const { conversationId, request, at } = JSON.parse(text) as Pending;
    return request.clientId
      ? [{ conversationId, request, at, isWaiting: true, failure: null }]
      : [];
  } catch {
    return [];
  }
};

// Browsers may forbid storage, and then reading the property throws.
const storage = (): Storage | null => {
  try {
    return localStorage;
  } catch {
    return null;
  }
};

/** For the frame of signed-in pages: what waits goes out from any of them. */
export const provideOutbox = (viewerId: string) => {
  const line = reach();
  const outbox = new Outbox(viewerId, line);
  onMount(() => {
    outbox.restore();
    addEventListener('storage', outbox.follow);
    const stop = line.onReturn(outbox.retry);
    return () => {
      stop();
      removeEventListener('storage', outbox.follow);
    };
  });
  return setContext(KEY, outbox);
};

export const outbox = () => getContext<Outbox>(KEY);
