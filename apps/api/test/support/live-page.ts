import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@echomate/contracts/chat.dto';
import type { ServerPushes } from '@echomate/contracts/realtime';
import { io, type Socket } from 'socket.io-client';
import { API } from './test-app.js';

export interface LivePerson {
  id: string;
  cookie: string;
}

const CAUGHT_UP_AT_ONCE = 100;

/**
 * An open page of somebody, over real connections to a server that may go away: it connects again by itself, reads what
 * it missed, and sends again what was not acknowledged.
 */
export class LivePage {
  readonly messages = new Map<string, Message>();
  /** Requests that got no answer, or that the server was not ready for */
  failures = 0;
  cuts = 0;
  /** How often it was told to catch up */
  missed = 0;
  private readonly line: Socket<ServerPushes>;
  /** Everything up to here has been read; pushes may leave gaps. */
  private complete: string | undefined;
  private isClosed = false;

  constructor(
    private readonly url: string,
    readonly person: LivePerson,
    readonly conversationId: string,
  ) {
    this.line = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie: person.cookie },
      reconnectionDelay: 50,
      reconnectionDelayMax: 300,
      forceNew: true,
    });
    this.line.on('connect', () => {
      void this.catchUp().catch(() => undefined);
    });
    this.line.on('disconnect', () => this.cuts++);
    this.line.on('pushes.missed', () => {
      this.missed++;
      void this.catchUp().catch(() => undefined);
    });
    this.line.on('message.added', (message) => {
      if (message.conversationId === conversationId) this.messages.set(message.id, message);
    });
  }

  /** Calls back when it is told that something happened, and when there may be, now and after each return. */
  onChange(ask: () => Promise<unknown>): void {
    const tell = () => void ask().catch(() => undefined);
    this.line.on('connect', tell);
    this.line.on('notifications.changed', tell);
    tell();
  }

  get isConnected(): boolean {
    return this.line.connected;
  }

  /** Asks until there is an answer. */
  async ask<Answer>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    for (;;) {
      try {
        const answer = await fetch(`${this.url}${API}/${path}`, {
          method,
          headers: {
            cookie: this.person.cookie,
            ...(body && { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body && { body: JSON.stringify(body) }),
        });
        if (answer.ok) return (await answer.json()) as Answer;
        if (answer.status < 500)
          throw new Error(`${path}: ${answer.status} ${await answer.text()}`, { cause: 'refused' });
      } catch (error) {
        if ((error as Error).cause === 'refused' || this.isClosed) throw error;
      }
      this.failures++;
      await sleep(40);
    }
  }

  /** Resolves when it is acknowledged. */
  say(content: string, clientId: string): Promise<Message> {
    const path = `conversations/${this.conversationId}/messages`;
    return this.ask('POST', path, { content, clientId });
  }

  history(): Promise<Message[]> {
    return this.after(undefined);
  }

  close(): void {
    this.isClosed = true;
    this.line.close();
  }

  private async catchUp(): Promise<void> {
    for (const message of await this.after(this.complete)) {
      this.messages.set(message.id, message);
      this.complete = message.id;
    }
  }

  private async after(id: string | undefined): Promise<Message[]> {
    const read: Message[] = [];
    const first = '00000000-0000-7000-8000-000000000000';
    for (let from = id ?? first; ; from = read.at(-1)!.id) {
      const { items } = await this.ask<{ items: Message[] }>(
        'GET',
        `conversations/${this.conversationId}/messages?after=${from}&limit=${CAUGHT_UP_AT_ONCE}`,
      );
      read.push(...items);
      if (items.length < CAUGHT_UP_AT_ONCE) return read;
    }
  }
}
