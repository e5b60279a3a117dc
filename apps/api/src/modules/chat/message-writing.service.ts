import { Injectable } from '@nestjs/common';
import type {
  Message,
  SendMessageRequest,
  UpdateMessageRequest,
} from '@echomate/contracts/chat.dto';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { GroupsService } from '../groups/groups.service.js';
import { MediaService } from '../media/media.service.js';
import {
  MessageDeleted,
  MessageEdited,
  MessageReacted,
  MessageSent,
} from './chat.domain-events.js';
import { ConversationsRepository, type WritingRow } from './conversations.repository.js';
import { MessagePushes, type Parties } from './message-pushes.service.js';
import { nextMessageId } from './message-order.js';
import { searchTextOfMessage } from './message-text.js';
import { MessagesRepository, type MessageRow } from './messages.repository.js';
import { MessagesService } from './messages.service.js';

const partiesOf = ({ groupId, otherId }: WritingRow, senderId: string): Parties => ({
  groupId,
  userIds: [senderId, otherId].filter((id) => id !== null),
});

/** Writing, changing and answering messages, each under the lock of the conversation. */
@Injectable()
export class MessageWritingService {
  constructor(
    private readonly repository: MessagesRepository,
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesService,
    private readonly pushes: MessagePushes,
    private readonly groups: GroupsService,
    private readonly media: MediaService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  async send(
    senderId: string,
    conversationId: string,
    { content, mediaIds = [], clientId, replyToId }: SendMessageRequest,
  ): Promise<Message> {
    const text = content ?? '';
    if (!text && !mediaIds.length) throw invalidField('content', 'nothing-to-send');
    const { id, added } = await this.database.transaction(async (transaction) => {
      const conversation = await this.held(transaction, senderId, conversationId);
      const key = { conversationId, senderId, clientId };
      const earlier = await this.repository.findByClientId(transaction, key);
      if (earlier) return { id: earlier, added: null };
      if (conversation.closedBecause) throw refuse(conversation.closedBecause);
      if (replyToId && !(await this.isThere(transaction, senderId, conversationId, replyToId)))
        throw invalidField('replyToId', 'message-gone');
      const messageId = nextMessageId(conversation.lastMessageId);
      await this.repository.insert(transaction, {
        id: messageId,
        conversationId,
        senderId,
        clientId,
        content: text,
        searchText: searchTextOfMessage(text),
        replyToId: replyToId ?? null,
      });
      await this.conversations.advance(transaction, conversation, senderId, messageId);
      if (mediaIds.length)
        await this.media.attach(
          transaction,
          senderId,
          mediaIds,
          { kind: 'message', id: messageId },
          'mediaIds',
        );
      await this.domainEvents.announce(
        transaction,
        new MessageSent(messageId, conversationId, senderId),
      );
      return { id: messageId, added: conversation };
    });
    const shown = await this.messages.one(senderId, id);
    if (added)
      this.pushes.added({ id, conversationId, parties: partiesOf(added, senderId), shown });
    if (!shown) throw notFound();
    return shown;
  }

  async edit(viewerId: string, id: string, { content }: UpdateMessageRequest): Promise<Message> {
    await this.database.transaction(async (transaction) => {
      const message = await this.own(transaction, viewerId, id);
      const text = content ?? '';
      if (!text && !(await this.media.isAnyAttached(transaction, 'message', id)))
        throw invalidField('content', 'empty-message');
      if (text === message.content) return;
      await this.repository.update(transaction, message, {
        content: text,
        searchText: searchTextOfMessage(text),
        editedAt: new Date().toISOString(),
      });
      await this.domainEvents.announce(transaction, new MessageEdited(id, message.conversationId));
    });
    return this.shown(viewerId, id);
  }

  /** Also where one can no longer write: everyone can delete what they wrote. */
  async delete(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const message = await this.own(transaction, viewerId, id, { evenIfClosed: true });
      await this.empty(transaction, message);
    });
  }

  /** By a moderator. False if it is gone already. */
  async remove(transaction: Transaction, id: string): Promise<boolean> {
    const seen = await this.repository.findRow(transaction, id);
    if (!seen) return false;
    await locks.conversation(transaction, seen.conversationId);
    const message = await this.repository.findRow(transaction, id);
    if (!message || message.deletedAt !== null) return false;
    await this.empty(transaction, message);
    return true;
  }

  private async empty(
    transaction: Transaction,
    message: Pick<MessageRow, 'id' | 'conversationId'>,
  ): Promise<void> {
    const { id, conversationId } = message;
    await this.repository.update(transaction, message, {
      content: '',
      searchText: '',
      deletedAt: new Date().toISOString(),
    });
    await this.repository.deleteReactions(transaction, id);
    await this.media.removeFrom(transaction, 'message', [id]);
    await this.domainEvents.announce(transaction, new MessageDeleted(id, conversationId));
  }

  /** One emoji each; null takes it back. */
  async react(viewerId: string, id: string, emoji: string | null): Promise<Message> {
    await this.database.transaction(async (transaction) => {
      const message = await this.heldMessage(transaction, viewerId, id);
      if (emoji !== null) await this.repository.react(transaction, id, viewerId, emoji);
      else if (!(await this.repository.unreact(transaction, id, viewerId))) return;
      await this.domainEvents.announce(
        transaction,
        new MessageReacted(id, message.conversationId, viewerId),
      );
    });
    return this.shown(viewerId, id);
  }

  /**
   * The conversation with everything that decides who may write in it, which stays so until the transaction ends: the
   * two people, or the membership. Then its messages.
   */
  private async held(transaction: Transaction, viewerId: string, id: string): Promise<WritingRow> {
    const seen = await this.conversations.findForWriting(transaction, viewerId, id);
    if (!seen) throw notFound();
    if (seen.groupId === null)
      await locks.users(transaction, ...[viewerId, seen.otherId].filter((one) => one !== null));
    else await this.groups.assertMember(transaction, seen.groupId, viewerId);
    await locks.conversation(transaction, id);
    const held = await this.conversations.findForWriting(transaction, viewerId, id);
    if (!held) throw notFound();
    return held;
  }

  private async heldMessage(
    transaction: Transaction,
    viewerId: string,
    id: string,
    { evenIfClosed = false } = {},
  ): Promise<MessageRow> {
    const seen = await this.repository.findVisible(viewerId, id, transaction);
    if (!seen) throw notFound();
    const { closedBecause } = await this.held(transaction, viewerId, seen.conversationId);
    const message = await this.repository.findVisible(viewerId, id, transaction);
    if (!message || message.deletedAt !== null) throw notFound();
    if (closedBecause && !evenIfClosed) throw refuse(closedBecause);
    return message;
  }

  private async own(
    transaction: Transaction,
    viewerId: string,
    id: string,
    options?: { evenIfClosed: boolean },
  ): Promise<MessageRow> {
    const message = await this.heldMessage(transaction, viewerId, id, options);
    if (message.senderId !== viewerId) throw notFound();
    return message;
  }

  private async isThere(
    transaction: Transaction,
    viewerId: string,
    conversationId: string,
    id: string,
  ): Promise<boolean> {
    const message = await this.repository.findVisible(viewerId, id, transaction);
    return message?.conversationId === conversationId && message.deletedAt === null;
  }

  private async shown(viewerId: string, id: string): Promise<Message> {
    const message = await this.messages.one(viewerId, id);
    if (!message) throw notFound();
    return message;
  }
}
