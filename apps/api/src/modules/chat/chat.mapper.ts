import type {
  Conversation,
  LastMessage,
  Message,
  MessageReaction,
  RepliedMessage,
} from '@echomate/contracts/chat.dto';
import type { Media } from '@echomate/contracts/media.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { timeOf } from '../../platform/database/ids.js';
import type { ConversationRow } from './conversations.repository.js';
import type { MessageRow } from './messages.repository.js';

/** Loaded for a whole page at once. */
export interface LoadedForMessages {
  cards: Map<string, UserCard>;
  media: Map<string, Media[]>;
  replied: Map<string, MessageRow>;
  reactions: Map<string, MessageReaction[]>;
}

const PREVIEW_LENGTH = 200;

/** By code points, so that no character is cut in half. */
const beginning = (content: string): string =>
  content.length > PREVIEW_LENGTH ? [...content].slice(0, PREVIEW_LENGTH).join('') : content;

const cardOf = (id: string | null, cards: Map<string, UserCard>): UserCard | null =>
  id === null ? null : (cards.get(id) ?? null);

const toReplied = (
  row: MessageRow | undefined,
  cards: Map<string, UserCard>,
): RepliedMessage | null =>
  row
    ? {
        id: row.id,
        sender: cardOf(row.senderId, cards),
        content: beginning(row.content),
        isDeleted: row.deletedAt !== null,
      }
    : null;

export const toMessage = (
  row: MessageRow,
  { cards, media, replied, reactions }: LoadedForMessages,
  viewerId: string,
): Message => ({
  id: row.id,
  conversationId: row.conversationId,
  sender: cardOf(row.senderId, cards),
  clientId: row.senderId === viewerId ? row.clientId : null,
  content: row.content,
  media: media.get(row.id) ?? [],
  replyTo: row.replyToId === null ? null : toReplied(replied.get(row.replyToId), cards),
  reactions: reactions.get(row.id) ?? [],
  isDeleted: row.deletedAt !== null,
  editedAt: row.editedAt,
  sentAt: timeOf(row.id),
});

export const toLastMessage = (
  row: MessageRow | undefined,
  cards: Map<string, UserCard>,
  hasMedia: boolean,
): LastMessage | null =>
  row
    ? {
        id: row.id,
        sender: cardOf(row.senderId, cards),
        content: beginning(row.content),
        hasMedia,
        isDeleted: row.deletedAt !== null,
        sentAt: timeOf(row.id),
      }
    : null;

export const toConversation = (
  row: ConversationRow,
  cards: Map<string, UserCard>,
  banners: Map<string, Media[]>,
  lastMessage: LastMessage | null,
  isOnline: boolean | null,
): Conversation => ({
  id: row.id,
  kind: row.groupId === null ? 'direct' : 'group',
  person: cardOf(row.otherId, cards),
  group:
    row.groupId === null
      ? null
      : {
          id: row.groupId,
          title: row.groupTitle ?? '',
          banner: banners.get(row.groupId)?.[0] ?? null,
        },
  lastMessage,
  unreadCount: Number(row.unreadCount),
  lastReadId: row.lastReadId,
  isRequest: !row.isReached,
  isMuted: Boolean(row.isMuted),
  isArchived: Boolean(row.isArchived),
  closedBecause: row.closedBecause,
  isOnline,
});
