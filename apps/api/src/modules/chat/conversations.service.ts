import { Injectable } from '@nestjs/common';
import type {
  Conversation,
  ConversationDetails,
  ConversationPage,
  UnreadConversations,
  UpdateConversationRequest,
} from '@echomate/contracts/chat.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { Access } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { GroupsService } from '../groups/groups.service.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import { ConversationRead, ConversationSettled } from './chat.domain-events.js';
import { toConversation, toLastMessage } from './chat.mapper.js';
import {
  ConversationsRepository,
  pairOf,
  type ConversationRow,
  type ListName,
} from './conversations.repository.js';
import type { Participant } from './entities/participant.entity.js';
import { MessagesRepository } from './messages.repository.js';
import { PresenceService } from './presence.service.js';

/** Conversations as each side sees them. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly repository: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly presence: PresenceService,
    private readonly groups: GroupsService,
    private readonly users: UsersService,
    private readonly media: MediaService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  // ——— reading

  async list(
    viewerId: string,
    list: ListName,
    { cursor, limit }: PageQuery,
  ): Promise<ConversationPage> {
    const listed = await this.repository.findList(viewerId, list, afterId(cursor), limit + 1);
    const ids = listed.slice(0, limit).map(({ conversationId }) => conversationId);
    const rows = await this.repository.findByIds(viewerId, ids);
    const shown = new Map((await this.shownAs(viewerId, rows)).map((one) => [one.id, one]));
    return pageOf(listed, limit, ({ conversationId }) => shown.get(conversationId));
  }

  /** All that the viewer may read, in whatever list they are, in the order of their ids. */
  async some(viewerId: string, after: string, limit: number): Promise<Conversation[]> {
    return this.shownAs(viewerId, await this.repository.findSome(viewerId, after, limit));
  }

  async conversation(viewerId: string, id: string): Promise<ConversationDetails> {
    const row = await this.repository.find(viewerId, id);
    if (!row) throw notFound();
    const [shown] = await this.shownAs(viewerId, [row]);
    const readers = await this.repository.findReaders(viewerId, id);
    const cards = await this.users.cards(
      viewerId,
      readers.map(({ userId }) => userId),
    );
    return {
      ...shown!,
      readers: readers.flatMap(({ userId, messageId }) => {
        const user = cards.get(userId);
        return user ? [{ user, messageId }] : [];
      }),
    };
  }

  async unread(viewerId: string): Promise<UnreadConversations> {
    return { conversations: await this.repository.countUnread(viewerId) };
  }

  private async shownAs(viewerId: string, rows: ConversationRow[]): Promise<Conversation[]> {
    const lastIds = rows.map(({ lastMessageId }) => lastMessageId).filter((id) => id !== null);
    const others = rows.map(({ otherId }) => otherId).filter((id) => id !== null);
    const groups = rows.map(({ groupId }) => groupId).filter((id) => id !== null);
    const last = await this.messages.findByIds(viewerId, lastIds);
    const senders = last.map(({ senderId }) => senderId).filter((id) => id !== null);
    const [cards, banners, media, online] = await Promise.all([
      this.users.cards(viewerId, [...new Set([...others, ...senders])]),
      this.media.of('group', groups, viewerId),
      this.media.of('message', lastIds, viewerId),
      this.presence.of(viewerId, others),
    ]);
    const byId = new Map(last.map((row) => [row.id, row]));
    return rows.map((row) =>
      toConversation(
        row,
        cards,
        banners,
        toLastMessage(byId.get(row.lastMessageId ?? ''), cards, media.has(row.lastMessageId ?? '')),
        online.get(row.otherId ?? '') ?? null,
      ),
    );
  }

  // ——— writing

  /** The one that the two have, or a new one. */
  async start(viewerId: string, userId: string): Promise<ConversationDetails> {
    if (viewerId === userId) throw refuse('write-yourself');
    const id = await this.database.transaction(async (transaction) => {
      await locks.users(transaction, viewerId, userId);
      await this.users.visibilityOf(transaction, viewerId, userId);
      const existing = await this.repository.findOfPair(viewerId, userId, transaction);
      if (existing) return existing;
      const pair = pairOf(viewerId, userId);
      const created = await this.repository.insert(transaction, { groupId: null, pair });
      const acceptedAt = new Date().toISOString();
      const part = { conversationId: created };
      await this.repository.insertParticipant(transaction, {
        ...part,
        userId: viewerId,
        acceptedAt,
      });
      await this.repository.insertParticipant(transaction, { ...part, userId });
      const row = await this.repository.find(viewerId, created, transaction);
      // Undoes what was just written.
      if (row!.closedBecause) throw refuse(row!.closedBecause);
      return created;
    });
    return this.conversation(viewerId, id);
  }

  /** The room of a group, made when a member first looks for it. */
  async ofGroup(viewerId: string, groupId: string): Promise<ConversationDetails> {
    if (!(await this.access.canSee(viewerId, 'inside', groupId))) throw notFound();
    const id =
      (await this.repository.findOfGroup(groupId)) ??
      (await this.database.transaction(async (transaction) => {
        await this.groups.assertMember(transaction, groupId, viewerId);
        await locks.conversation(transaction, groupId);
        return (
          (await this.repository.findOfGroup(groupId, transaction)) ??
          this.repository.insert(transaction, { groupId, pair: null })
        );
      }));
    return this.conversation(viewerId, id);
  }

  async update(
    viewerId: string,
    id: string,
    { isMuted, isArchived }: UpdateConversationRequest,
  ): Promise<ConversationDetails> {
    await this.settle(viewerId, id, {
      ...(isMuted !== undefined && { isMuted }),
      ...(isArchived !== undefined && { isArchived }),
    });
    return this.conversation(viewerId, id);
  }

  async accept(viewerId: string, id: string): Promise<ConversationDetails> {
    await this.settle(viewerId, id, { acceptedAt: new Date().toISOString(), declinedAt: null });
    return this.conversation(viewerId, id);
  }

  /** The sender isn't told; what they write from now on is in no list. */
  decline(viewerId: string, id: string): Promise<void> {
    return this.settle(viewerId, id, { acceptedAt: null, declinedAt: new Date().toISOString() });
  }

  /** Never back to an older message. Looking at what has reached one accepts it. */
  async read(viewerId: string, id: string, messageId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.conversation(transaction, id);
      const row = await this.repository.find(viewerId, id, transaction);
      if (!row || !(await this.messages.isIn(transaction, id, messageId))) throw notFound();
      const before = await this.repository.findReadOf(transaction, id, viewerId);
      if (before !== null && before >= messageId) return;
      await this.repository.change(transaction, id, viewerId, {
        lastReadId: messageId,
        ...(row.isReached && { acceptedAt: new Date().toISOString() }),
      });
      await this.domainEvents.announce(
        transaction,
        new ConversationRead(id, viewerId, messageId, row.lastReadId),
      );
    });
  }

  private async settle(viewerId: string, id: string, values: Partial<Participant>): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.conversation(transaction, id);
      if (!(await this.repository.find(viewerId, id, transaction))) throw notFound();
      if (!Object.keys(values).length) return;
      await this.repository.change(transaction, id, viewerId, values);
      await this.domainEvents.announce(transaction, new ConversationSettled(id, viewerId));
    });
  }
}
