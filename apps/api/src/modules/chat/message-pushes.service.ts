import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Message } from '@echomate/contracts/chat.dto';
import { Access } from '../../access/access.service.js';
import { Presence } from '../../platform/realtime/presence.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import { MembershipsService } from '../groups/memberships.service.js';
import { MessagesService } from './messages.service.js';
import { RecipientsRepository } from './recipients.repository.js';

const PEOPLE_AT_ONCE = 500;

/** The group whose room it is, or the two. */
export interface Parties {
  groupId: string | null;
  userIds: string[];
}

interface Added {
  id: string;
  conversationId: string;
  parties: Parties;
  /** What its sender has just seen of it, if they still may */
  shown: Message | null;
}

interface Changed {
  messageId: string;
  conversationId: string;
}

/**
 * Tells open pages of messages, each after asking the rule about its recipient. Every process tells the pages that are
 * connected to it, in turn: so the last that a page hears of a message was read after the last change.
 */
@Injectable()
export class MessagePushes implements OnModuleInit {
  private readonly logger = new Logger(MessagePushes.name);
  /** By conversation, the last that pages are to hear of it */
  private readonly turns = new Map<string, Promise<void>>();

  constructor(
    private readonly recipients: RecipientsRepository,
    private readonly messages: MessagesService,
    private readonly memberships: MembershipsService,
    private readonly access: Access,
    private readonly realtime: Realtime,
    private readonly presence: Presence,
  ) {}

  onModuleInit(): void {
    this.realtime.onBroadcast<Added>('message.added', (added) => this.tellAdded(added));
    this.realtime.onBroadcast<Changed>('message.changed', (changed) => this.tellChanged(changed));
  }

  added(added: Added): void {
    this.realtime.broadcast('message.added', added);
  }

  changed(changed: Changed): void {
    this.realtime.broadcast('message.changed', changed);
  }

  private tellAdded({ id, conversationId, parties, shown }: Added): void {
    // With nobody in it but its sender, and no media, which its owner sees earlier, others see the same.
    const isPlain = shown && !shown.replyTo && !shown.media.length && !shown.reactions.length;
    this.inTurn(conversationId, async () => {
      for await (const people of this.presentHere(parties))
        for await (const copy of this.messages.copies(id, people, isPlain ? shown : null))
          this.realtime.pushHere(copy.userIds, 'message.added', copy.message);
    });
  }

  private tellChanged({ messageId, conversationId }: Changed): void {
    this.inTurn(conversationId, async () => {
      for await (const people of this.presentHere(await this.recipients.findBoth(conversationId)))
        for await (const { message, userIds } of this.messages.copies(messageId, people))
          this.realtime.pushHere(userIds, 'message.changed', message);
    });
  }

  /** Pages hear what happens in a conversation in its order, and nobody waits for them. */
  private inTurn(conversationId: string, tell: () => Promise<void>): void {
    const turn = (this.turns.get(conversationId) ?? Promise.resolve())
      .then(tell)
      .catch((error: unknown) => this.logger.error({ err: error }, 'Pushing to open pages failed'))
      .finally(() => {
        if (this.turns.get(conversationId) === turn) this.turns.delete(conversationId);
      });
    this.turns.set(conversationId, turn);
  }

  /** Who has a page open and is told at once of what is written there, in portions. */
  async *reached(conversationId: string): AsyncGenerator<string[]> {
    const parties = await this.recipients.findBoth(conversationId);
    for await (const people of this.portionsOf(parties)) yield* this.among(conversationId, people);
  }

  async *among(conversationId: string, userIds: string[]): AsyncGenerator<string[]> {
    const online = await this.presence.online(userIds);
    const reached = await this.access.audience('delivery', conversationId, [...online]);
    if (reached.size) yield [...reached];
  }

  async *membersOf(groupId: string): AsyncGenerator<string[]> {
    for (let after: string | null = null; ;) {
      const some = await this.memberships.some(groupId, after, PEOPLE_AT_ONCE);
      yield some.map(({ userId }) => userId);
      if (some.length < PEOPLE_AT_ONCE) return;
      after = some.at(-1)!.id;
    }
  }

  /** Who has a page open on this process; the rule is still to be asked. */
  private async *presentHere(parties: Parties): AsyncGenerator<string[]> {
    for await (const people of this.portionsOf(parties)) {
      const online = this.presence.onlineHere(people);
      if (online.length) yield online;
    }
  }

  private portionsOf({ groupId, userIds }: Parties): AsyncIterable<string[]> | Iterable<string[]> {
    return groupId === null ? [userIds] : this.membersOf(groupId);
  }
}
