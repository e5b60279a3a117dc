import { Injectable } from '@nestjs/common';
import type {
  FoundMessages,
  Message,
  MessagePage,
  MessageReaction,
  MessagesQuery,
} from '@echomate/contracts/chat.dto';
import { Access } from '../../access/access.service.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound } from '../../platform/http/problem.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import { toMessage } from './chat.mapper.js';
import { ConversationsRepository } from './conversations.repository.js';
import { searchedWords } from './message-text.js';
import { MessagesRepository, type MessageRow } from './messages.repository.js';
import { RecipientsRepository, type Recipient } from './recipients.repository.js';

const MOST_FOUND = 30;
/** A search through everything covers those written in last. */
const CONVERSATIONS_SEARCHED = 100;

const ownCopy = (message: Message, { clientId, ownEmoji }: Recipient): Message => ({
  ...message,
  clientId,
  reactions: message.reactions.map((one) => ({ ...one, isOwn: one.emoji === ownEmoji })),
});

/** A message with those who see it like this. */
interface Copy {
  message: Message;
  userIds: string[];
}

/** Messages as somebody may see them. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly repository: MessagesRepository,
    private readonly conversations: ConversationsRepository,
    private readonly recipients: RecipientsRepository,
    private readonly users: UsersService,
    private readonly media: MediaService,
    private readonly access: Access,
  ) {}

  async list(
    viewerId: string,
    conversationId: string,
    { after, around, before, cursor, limit }: MessagesQuery,
  ): Promise<MessagePage> {
    await this.assertVisible(viewerId, conversationId);
    if (after) {
      const rows = await this.repository.findAfter(viewerId, conversationId, after, limit);
      return { items: await this.shownAs(viewerId, rows), nextCursor: null };
    }
    if (around) return this.around(viewerId, conversationId, around, limit);
    const from = before ?? afterId(cursor);
    const rows = await this.repository.findBefore(viewerId, conversationId, from, limit + 1);
    return this.page(viewerId, rows, limit);
  }

  /** Newest first: some newer ones, the message, and older ones. */
  private async around(
    viewerId: string,
    conversationId: string,
    id: string,
    limit: number,
  ): Promise<MessagePage> {
    const half = Math.floor(limit / 2);
    const [middle, newer, older] = await Promise.all([
      this.repository.findVisible(viewerId, id),
      this.repository.findAfter(viewerId, conversationId, id, half),
      this.repository.findBefore(viewerId, conversationId, id, limit - half),
    ]);
    if (middle?.conversationId !== conversationId) throw notFound();
    const rows = [...newer.toReversed(), middle, ...older];
    const isMoreBelow = older.length === limit - half;
    return this.page(viewerId, rows, isMoreBelow ? rows.length - 1 : rows.length);
  }

  async search(viewerId: string, conversationId: string, question: string): Promise<FoundMessages> {
    await this.assertVisible(viewerId, conversationId);
    return this.found(viewerId, [conversationId], question);
  }

  async searchAll(viewerId: string, question: string): Promise<FoundMessages> {
    const listed = await this.conversations.findList(
      viewerId,
      'inbox',
      null,
      CONVERSATIONS_SEARCHED,
    );
    return this.found(
      viewerId,
      listed.map(({ conversationId }) => conversationId),
      question,
    );
  }

  private async found(
    viewerId: string,
    conversationIds: string[],
    question: string,
  ): Promise<FoundMessages> {
    const words = searchedWords(question);
    const rows = await this.repository.search(viewerId, conversationIds, words, MOST_FOUND);
    return { items: await this.shownAs(viewerId, rows) };
  }

  /** As this person may see it now; null if they may not. */
  async one(viewerId: string, id: string): Promise<Message | null> {
    const row = await this.repository.findVisible(viewerId, id);
    return row && (await this.shownAs(viewerId, [row]))[0]!;
  }

  /**
   * As those of these people whom it reaches at once see it now. It is read once for all from whom nobody in it is
   * hidden, unless it is known and still like that, and the rule is asked last, right before it is sent.
   */
  async *copies(id: string, userIds: string[], known: Message | null = null): AsyncGenerator<Copy> {
    const first = await this.recipients.findOf(id, userIds);
    const isKnown = known !== null && !first.some(({ isChanged }) => isChanged);
    const reader = isKnown ? undefined : first.find(({ isCut }) => !isCut);
    const read = reader ? await this.one(reader.id, id) : null;
    const whole = isKnown ? known : read;
    const recipients = read ? await this.recipients.findOf(id, userIds) : first;
    const copies = new Map<string, Copy>();
    for (const recipient of recipients) {
      if (!whole || recipient.isCut) continue;
      const key = JSON.stringify([recipient.clientId, recipient.ownEmoji]);
      const copy = copies.get(key) ?? { message: ownCopy(whole, recipient), userIds: [] };
      copy.userIds.push(recipient.id);
      copies.set(key, copy);
    }
    yield* copies.values();
    for (const { id: userId, isCut } of recipients) {
      const message = whole && !isCut ? null : await this.one(userId, id);
      if (message) yield { message, userIds: [userId] };
    }
  }

  private async assertVisible(viewerId: string, conversationId: string): Promise<void> {
    if (!(await this.access.canSee(viewerId, 'conversation', conversationId))) throw notFound();
  }

  private async page(viewerId: string, rows: MessageRow[], limit: number): Promise<MessagePage> {
    const shown = await this.shownAs(viewerId, rows.slice(0, limit));
    const byId = new Map(shown.map((message) => [message.id, message]));
    return pageOf(rows, limit, ({ id }) => byId.get(id));
  }

  private async shownAs(viewerId: string, rows: MessageRow[]): Promise<Message[]> {
    if (!rows.length) return [];
    const ids = rows.map(({ id }) => id);
    const repliedIds = rows.map(({ replyToId }) => replyToId).filter((id) => id !== null);
    const replied = await this.repository.findByIds(viewerId, [...new Set(repliedIds)]);
    const senders = [...rows, ...replied].map(({ senderId }) => senderId);
    const [cards, media, reactions] = await Promise.all([
      this.users.cards(viewerId, [...new Set(senders.filter((id) => id !== null))]),
      this.media.of('message', ids, viewerId),
      this.reactionsOf(viewerId, ids),
    ]);
    const loaded = {
      cards,
      media,
      reactions,
      replied: new Map(replied.map((row) => [row.id, row])),
    };
    return rows.map((row) => toMessage(row, loaded, viewerId));
  }

  private async reactionsOf(
    viewerId: string,
    ids: string[],
  ): Promise<Map<string, MessageReaction[]>> {
    const reactions = new Map<string, MessageReaction[]>();
    for (const { messageId, emoji, count, own } of await this.repository.findReactions(
      viewerId,
      ids,
    )) {
      const some = reactions.get(messageId) ?? [];
      some.push({ emoji, count: Number(count), isOwn: Number(own) === 1 });
      reactions.set(messageId, some);
    }
    for (const some of reactions.values())
      some.sort((one, other) => other.count - one.count || (one.emoji < other.emoji ? -1 : 1));
    return reactions;
  }
}
