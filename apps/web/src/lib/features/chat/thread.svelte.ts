import { onDestroy } from 'svelte';
import type { Message, MessagePage, SendMessageRequest } from '@echomate/contracts/chat.dto';
import { backgroundApi, browserApi } from '#lib/browser-api.ts';
import { listMessages } from './chat-api.ts';
import { completeUpTo, merged } from './merged.ts';
import { outbox } from './outbox.svelte.ts';

const AT_ONCE = 30;
const CAUGHT_UP_AT_ONCE = 100;
/** More than this nobody reads in passing. */
const MOST_PORTIONS = 3;

/** The messages of an open conversation, oldest first, and what is on its way. */
export class Thread {
  messages = $state.raw<Message[]>([]);
  hasOlder = $state(false);
  isLoading = $state(false);
  /** More has been said since the last of these than is loaded by itself; what comes now would leave a gap. */
  isBehind = $state(false);
  readonly #outbox = outbox();

  constructor(
    readonly conversationId: string,
    page: MessagePage,
  ) {
    this.messages = page.items.toReversed();
    this.hasOlder = page.nextCursor !== null;
    onDestroy(this.#outbox.onSent((message) => this.take([message])));
  }

  get isWaiting() {
    return this.#outbox.isWaiting;
  }

  get pending() {
    return this.#outbox.of(this.conversationId);
  }

  get last() {
    return this.messages.at(-1);
  }

  /** Whatever arrives twice, by a push and by an answer, is there once and in its place. */
  take(added: readonly Message[]) {
    const own = added.filter((message) => message.conversationId === this.conversationId);
    for (const { clientId } of own) if (clientId) this.#outbox.settle(clientId);
    const last = this.last?.id ?? '';
    const next = this.isBehind ? own.filter(({ id }) => id <= last) : own;
    this.messages = merged(this.messages, next);
  }

  /** Of a message that is not shown, nothing is. */
  change(message: Message) {
    if (this.find(message.id)) this.take([message]);
  }

  find(id: string) {
    return this.messages.find((message) => message.id === id);
  }

  /**
   * Shows the answer to an edit, a reaction or a deletion, unless a push has replaced the message since the request: the
   * push is newer, or a newer one follows.
   */
  changed(before: Message | undefined, after: Message) {
    if (before && this.messages.includes(before)) this.take([after]);
  }

  async loadOlder() {
    const [first] = this.messages;
    if (!first || this.isLoading || !this.hasOlder) return;
    this.isLoading = true;
    const asked = { before: first.id, limit: AT_ONCE };
    const answer = await listMessages(browserApi, this.conversationId, asked);
    this.isLoading = false;
    // The newest may have taken the place of these.
    if (!answer.ok || this.messages[0]?.id !== first.id) return;
    this.hasOlder = answer.data.nextCursor !== null;
    this.take(answer.data.items);
  }

  /** Everything since what is surely known, unless it is too much; and what may have changed among the newest. */
  async catchUp() {
    if (this.isBehind) return;
    let after = completeUpTo(this.messages);
    for (let portion = 0; after !== undefined; portion++) {
      if (portion === MOST_PORTIONS) return this.#stayBehind(after);
      const asked = { after, limit: CAUGHT_UP_AT_ONCE };
      const answer = await listMessages(backgroundApi, this.conversationId, asked);
      if (!answer.ok) return;
      this.take(answer.data.items);
      after = answer.data.items[CAUGHT_UP_AT_ONCE - 1]?.id;
    }
    const newest = await listMessages(backgroundApi, this.conversationId, { limit: AT_ONCE });
    if (newest.ok) this.take(newest.data.items);
  }

  #stayBehind(last: string) {
    this.isBehind = true;
    this.messages = this.messages.filter(({ id }) => id <= last);
  }

  /** Instead of those that are shown. */
  async showNewest() {
    const answer = await listMessages(browserApi, this.conversationId, { limit: AT_ONCE });
    if (!answer.ok) return answer;
    this.isBehind = false;
    this.messages = answer.data.items.toReversed();
    this.hasOlder = answer.data.nextCursor !== null;
    // With what was said before it was heard again.
    await this.catchUp();
    return answer;
  }

  /** Shown at once. What fails stays, to be tried again. */
  send(request: SendMessageRequest) {
    if (this.isBehind) void this.showNewest();
    return this.#outbox.send(this.conversationId, request);
  }

  drop(clientId: string) {
    this.#outbox.settle(clientId);
  }
}
