import { getContext, onMount, setContext } from 'svelte';
import type { Message, SendMessageRequest } from '@echomate/contracts/chat.dto';
import { messageOf } from '#lib/api-answer.ts';
import { browserApi } from '#lib/browser-api.ts';
import { outboxPlace } from '#lib/kept-here.ts';
import { reach, type Reach } from '#lib/realtime/reach.svelte.ts';
import { sendMessage } from './chat-api.ts';

const KEY = Symbol('outbox');
/** Nothing is wrong with the message; it can go out later. */
const LATER = [429, 502, 503, 504];
const RETRIED_AFTER_MS = 5_000;

/** Written here and not yet saved there. */
export interface Pending {
  conversationId: string;
  request: SendMessageRequest;
  at: number;
  /** Why it was refused; it then waits for its writer. */
  failure: string | null;
}

/**
 * The messages that are on their way, of all conversations. Each is kept in this browser until it is saved, so it
 * survives a reload, and goes out once the server can be reached; the same `clientId` never sends twice. Those of a conversation
 * go one after the other.
 */
export class Outbox {
  messages = $state<Pending[]>([]);
  readonly #place: string;
  readonly #reach: Reach;
  /** Conversations whose messages are going out right now. */
  #sending: string[] = [];
  #heard: ((message: Message) => void)[] = [];

  constructor(viewerId: string, reach: Reach) {
    this.#place = outboxPlace(viewerId);
    this.#reach = reach;
  }

  of(conversationId: string) {
    return this.messages.filter((one) => one.conversationId === conversationId);
  }

  /** Until the server can be reached. */
  get isWaiting() {
    return !this.#reach.isReachable;
  }

  send(conversationId: string, request: SendMessageRequest) {
    const known = this.messages.find((one) => one.request.clientId === request.clientId);
    if (known) {
      known.failure = null;
    } else {
      const at = Math.max(Date.now(), (this.messages.at(-1)?.at ?? 0) + 1);
      const added = { conversationId, request, at, failure: null };
      this.#store(added);
      this.messages.push(added);
    }
    void this.#sendAll(conversationId);
  }

  /** It was saved, or is no longer wanted. */
  readonly settle = (clientId: string) => {
    if (!this.messages.some(({ request }) => request.clientId === clientId)) return;
    this.messages = this.messages.filter(({ request }) => request.clientId !== clientId);
    storage()?.removeItem(this.#place + clientId);
  };

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

  /** With what waited when a page was left, this one or another. */
  readonly resume = () => {
    const kept = storage();
    const known = this.messages.map(({ request }) => this.#place + request.clientId);
    const waiting = Object.keys(kept ?? {})
      .filter((key) => key.startsWith(this.#place) && !known.includes(key))
      .flatMap((key) => pendingIn(kept?.getItem(key) ?? ''));
    if (waiting.length > 0)
      this.messages = [...this.messages, ...waiting].sort((one, other) => one.at - other.at);
    for (const { conversationId } of this.messages) void this.#sendAll(conversationId);
  };

  /** Another tab has sent it, or somebody has logged out there. */
  readonly follow = ({ key, newValue }: StorageEvent) => {
    if (key?.startsWith(this.#place) && newValue === null)
      this.settle(key.slice(this.#place.length));
  };

  async #sendAll(conversationId: string) {
    if (this.#sending.includes(conversationId)) return;
    this.#sending.push(conversationId);
    try {
      for (;;) {
        const next = this.of(conversationId).find(({ failure }) => failure === null);
        if (!next || !(await this.#sendOne(next))) return;
      }
    } finally {
      this.#sending = this.#sending.filter((one) => one !== conversationId);
    }
  }

  /** False if it can't go out now: those after it have to wait as well. */
  async #sendOne(one: Pending): Promise<boolean> {
    const { conversationId, request } = one;
    const answer = await sendMessage(browserApi, conversationId, request);
    if (answer.ok) {
      this.settle(request.clientId);
      for (const heard of this.#heard) heard(answer.data);
      return true;
    }
    if (!LATER.includes(answer.status)) {
      one.failure = messageOf(answer);
      // What was forgotten meanwhile stays so.
      if (storage()?.getItem(this.#place + request.clientId)) this.#store(one);
      return true;
    }
    await this.#reach.ask();
    if (this.#reach.isReachable) setTimeout(this.resume, RETRIED_AFTER_MS);
    return false;
  }

  #store(one: Pending) {
    try {
      storage()?.setItem(this.#place + one.request.clientId, JSON.stringify(one));
    } catch {
      // The storage is full; the message is on the page all the same.
    }
  }
}

const pendingIn = (text: string): Pending[] => {
  try {
    const kept = JSON.parse(text) as Pending;
    return kept.request.clientId ? [kept] : [];
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
  const server = reach();
  const outbox = new Outbox(viewerId, server);
  onMount(() => {
    outbox.resume();
    addEventListener('storage', outbox.follow);
    const stop = server.onReturn(outbox.resume);
    return () => {
      stop();
      removeEventListener('storage', outbox.follow);
    };
  });
  return setContext(KEY, outbox);
};

export const outbox = () => getContext<Outbox>(KEY);
