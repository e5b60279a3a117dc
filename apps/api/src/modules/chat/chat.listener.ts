import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { TypingFrame } from '@echomate/contracts/realtime';
import { Access } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Presence } from '../../platform/realtime/presence.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import { FollowEnded, FollowersGained, PersonBlocked } from '../follows/follows.domain-events.js';
import { GroupDeleted, GroupWiped, MembershipEnded } from '../groups/groups.domain-events.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import {
  ConversationRead,
  ConversationSettled,
  MessageDeleted,
  MessageEdited,
  MessageReacted,
} from './chat.domain-events.js';
import { ConversationsRepository } from './conversations.repository.js';
import { MessagePushes } from './message-pushes.service.js';
import { MessagesRepository } from './messages.repository.js';
import { RecipientsRepository } from './recipients.repository.js';

const PEOPLE_AT_ONCE = 500;

/** What open pages are told, each after asking the rule about its recipient; and the end of a group's room. */
@Injectable()
export class ChatListener implements OnModuleInit {
  private readonly logger = new Logger(ChatListener.name);
  /** Typing that is being pushed, by conversation and person, and whether to push it once more */
  private readonly typing = new Map<string, boolean>();

  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly recipients: RecipientsRepository,
    private readonly rows: MessagesRepository,
    private readonly pushes: MessagePushes,
    private readonly media: MediaService,
    private readonly users: UsersService,
    private readonly access: Access,
    private readonly realtime: Realtime,
    private readonly presence: Presence,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    const { domainEvents } = this;
    for (const event of [MessageEdited, MessageDeleted, MessageReacted])
      domainEvents.afterCommit(event, 'chat.push', ({ messageId, conversationId }) =>
        this.pushes.changed({ messageId, conversationId }),
      );
    domainEvents.afterCommit(ConversationRead, 'chat.push-read', (read) =>
      this.later(this.pushRead(read)),
    );
    domainEvents.afterCommit(ConversationSettled, 'chat.push-settled', (settled) =>
      this.pushChanged(settled.conversationId, [settled.userId]),
    );
    domainEvents.afterCommit(FollowEnded, 'chat.push-follow', ({ followerId, followeeId }) =>
      this.later(this.pushPairs(followeeId, [followerId])),
    );
    domainEvents.afterCommit(PersonBlocked, 'chat.push-block', ({ blockerId, blockedId }) =>
      this.later(this.pushPairs(blockerId, [blockedId])),
    );
    domainEvents.afterCommit(FollowersGained, 'chat.push-follow', ({ followeeId, followerIds }) =>
      this.later(this.pushPairs(followeeId, followerIds)),
    );
    domainEvents.afterCommit(MembershipEnded, 'chat.push-end', async ({ groupId, userId }) => {
      const id = await this.conversations.findOfGroup(groupId);
      if (id) this.pushChanged(id, [userId]);
    });
    domainEvents.afterCommit(GroupDeleted, 'chat.push-end', ({ groupId }) =>
      this.later(this.pushEnd(groupId)),
    );
    domainEvents.durably([GroupWiped], 'chat.wipe', ({ groupId }) => this.wipe(groupId));
    this.realtime.receive('typing', TypingFrame, ({ userId }, { conversationId }) =>
      this.hearTyping(userId, conversationId),
    );
  }

  /** Nobody waits for the pages of others. */
  private later(work: Promise<void>): void {
    work.catch((error: unknown) =>
      this.logger.error({ err: error }, 'Pushing to open pages failed'),
    );
  }

  /** To the reader's other pages, and to whoever wrote what was read: in a group, all others would be told by all. */
  private async pushRead(mark: ConversationRead): Promise<void> {
    const { conversationId, userId, messageId, afterId } = mark;
    const user = (await this.users.cards(userId, [userId])).get(userId);
    if (!user) return;
    const read = { conversationId, user, messageId };
    this.realtime.push([userId], 'conversation.read', read);
    const { groupId, userIds } = await this.recipients.findBoth(conversationId);
    if (!(await this.access.canSee(userId, 'delivery', conversationId))) return;
    const told =
      groupId === null
        ? userIds
        : await this.recipients.findSenders(conversationId, afterId, messageId);
    const others = told.filter((id) => id !== userId);
    for await (const people of this.pushes.among(conversationId, others))
      this.realtime.push(
        await this.access.audience('card', userId, people),
        'conversation.read',
        read,
      );
  }

  private pushChanged(conversationId: string, userIds: string[]): void {
    this.realtime.push(userIds, 'conversation.changed', { conversationId });
  }

  /** In portions. */
  private async pushPairs(one: string, others: string[]): Promise<void> {
    for (let at = 0; at < others.length; at += PEOPLE_AT_ONCE) {
      const some = others.slice(at, at + PEOPLE_AT_ONCE);
      const online = await this.presence.online([one, ...some]);
      const told = online.has(one) ? some : some.filter((id) => online.has(id));
      for (const { id, userId } of await this.recipients.findSides(one, told))
        if (online.has(userId)) this.pushChanged(id, [userId]);
    }
  }

  /** They were members until now, and learn nothing but that something has changed. */
  private async pushEnd(groupId: string): Promise<void> {
    const id = await this.conversations.findOfGroup(groupId);
    if (!id) return;
    for await (const members of this.pushes.membersOf(groupId))
      this.pushChanged(id, [...(await this.presence.online(members))]);
  }

  /** One at a time: what comes meanwhile is told once more at the end, as the rule may have changed. */
  private async hearTyping(userId: string, conversationId: string): Promise<void> {
    const key = `${conversationId} ${userId}`;
    const isTelling = this.typing.has(key);
    this.typing.set(key, isTelling);
    if (isTelling) return;
    try {
      do {
        this.typing.set(key, false);
        await this.pushTyping(userId, conversationId);
      } while (this.typing.get(key));
    } finally {
      this.typing.delete(key);
    }
  }

  private async pushTyping(userId: string, conversationId: string): Promise<void> {
    const conversation = await this.conversations.find(userId, conversationId);
    if (!conversation || conversation.closedBecause) return;
    for await (const people of this.pushes.reached(conversationId)) {
      const others = people.filter((id) => id !== userId);
      this.realtime.push(await this.access.audience('card', userId, others), 'typing', {
        conversationId,
        userId,
      });
    }
  }

  /** In portions. */
  private async wipe(groupId: string): Promise<void> {
    const id = await this.conversations.findOfGroup(groupId);
    if (id) await this.wipeConversation(id);
  }

  async wipeConversation(id: string): Promise<void> {
    await this.database.inBatches(async (transaction, limit) => {
      const ids = await this.rows.findSomeIn(transaction, id, limit);
      await this.media.removeFrom(transaction, 'message', ids);
      await this.rows.deleteRows(transaction, ids);
      return ids.length;
    });
    await this.database.inBatches((transaction, limit) =>
      this.conversations.deleteSomeParts(transaction, id, limit),
    );
    await this.database.transaction((transaction) => this.conversations.delete(transaction, id));
  }
}
