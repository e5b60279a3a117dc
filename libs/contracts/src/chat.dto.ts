import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { Type } from 'class-transformer';
import { IfGiven, IsEmoji, IsId, IsListOfIds, IsOptionalId, IsRawText } from './fields.js';
import { LIMITS } from './limits.js';
import { Media } from './media.dto.js';
import { PageQuery } from './paging.dto.js';
import { saying } from './saying.js';
import { UserCard } from './users.dto.js';

/** A conversation of two people, or the room of a group. */
export const CONVERSATION_KINDS = ['direct', 'group'] as const;
export type ConversationKind = (typeof CONVERSATION_KINDS)[number];

/** Why nobody can write in a conversation of two: neither follows the other, or the other person isn't available. */
export const CLOSED_REASONS = ['nobody-follows', 'person-gone'] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

export class ConversationGroup {
  id!: string;
  title!: string;
  banner!: Media | null;
}

/** The newest message, as a list shows it. */
export class LastMessage {
  id!: string;
  /** Null if the person isn't available to the viewer */
  sender!: UserCard | null;
  /** Its beginning */
  content!: string;
  hasMedia!: boolean;
  isDeleted!: boolean;
  sentAt!: string;
}

export class Conversation {
  id!: string;
  kind!: ConversationKind;
  /** The other of two; null for groups, and if they aren't available to the viewer */
  person!: UserCard | null;
  /** Null for conversations of two */
  group!: ConversationGroup | null;
  lastMessage!: LastMessage | null;
  /** Up to 100 */
  unreadCount!: number;
  /** The viewer has read up to this message */
  lastReadId!: string;
  /** It waits under message requests until the viewer accepts or answers */
  isRequest!: boolean;
  isMuted!: boolean;
  isArchived!: boolean;
  closedBecause!: ClosedReason | null;
  /** Null if the viewer may not know */
  isOnline!: boolean | null;
}

export class ConversationPage {
  items!: Conversation[];
  nextCursor!: string | null;
}

/** How far somebody else has read. */
export class ReadMark {
  user!: UserCard;
  messageId!: string;
}

export class ConversationDetails extends Conversation {
  /** The others who have read, as far as the viewer may see them; up to 50 */
  readers!: ReadMark[];
}

export class ConversationsQuery extends PageQuery {
  /** Those put away instead of the others */
  @IsOptional()
  @Type(() => String)
  @IsString(saying('not-text'))
  @MaxLength(5, saying('too-long', { max: 5 }))
  archived?: string;
}

export class StartConversationRequest {
  /** Somebody who follows you, or whom you follow */
  @IsId()
  userId!: string;
}

export class UpdateConversationRequest {
  /**
   * Muted ones count in no badge
   * @example true
   */
  @IfGiven()
  @IsBoolean(saying('invalid-choice', { choices: 'true, false' }))
  isMuted?: boolean;

  /**
   * Put away until somebody writes again; the room of a group stays away
   * @example true
   */
  @IfGiven()
  @IsBoolean(saying('invalid-choice', { choices: 'true, false' }))
  isArchived?: boolean;
}

export class UnreadConversations {
  /** With something unread, not muted, and not waiting as a request; up to 100 */
  conversations!: number;
}

/** What a message answers. */
export class RepliedMessage {
  id!: string;
  sender!: UserCard | null;
  content!: string;
  isDeleted!: boolean;
}

export class MessageReaction {
  emoji!: string;
  count!: number;
  /** Whether it is (also) the viewer's */
  isOwn!: boolean;
}

export class Message {
  id!: string;
  conversationId!: string;
  /** Null if the person isn't available to the viewer, or no longer exists */
  sender!: UserCard | null;
  /** Made by the sender's page; null for others */
  clientId!: string | null;
  content!: string;
  media!: Media[];
  replyTo!: RepliedMessage | null;
  reactions!: MessageReaction[];
  isDeleted!: boolean;
  editedAt!: string | null;
  sentAt!: string;
}

export class MessagePage {
  items!: Message[];
  nextCursor!: string | null;
}

export class MessagesQuery extends PageQuery {
  /** Newer than this message, oldest first: for catching up. Without it, messages are newest first. */
  @IsOptionalId()
  after?: string;

  /** Older than this message */
  @IsOptionalId()
  before?: string;

  /** This message with those around it */
  @IsOptionalId()
  around?: string;
}

export class MessageSearchQuery {
  /**
   * The beginnings of words
   * @example honey
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(100, saying('too-long', { max: 100 }))
  q?: string;
}

/** The newest that match. */
export class FoundMessages {
  items!: Message[];
}

export class SendMessageRequest {
  /**
   * Optional if there are photos
   * @example "See you at the harbour 👋🏽"
   */
  @IsRawText(LIMITS.message.content.maxLength)
  content?: string | null;

  /**
   * Own uploads: up to four photos or GIFs
   * @example []
   */
  @IsListOfIds(LIMITS.message.maxMedia)
  mediaIds?: string[];

  /** A UUID of your making; the same one sent again sends nothing new */
  @IsId()
  clientId!: string;

  /** The message that this one answers */
  @IsOptionalId()
  replyToId?: string | null;
}

export class UpdateMessageRequest {
  /** @example "See you at the harbour at six 👋🏽" */
  @IsRawText(LIMITS.message.content.maxLength)
  content!: string | null;
}

export class ReactRequest {
  /**
   * One emoji
   * @example 👍🏽
   */
  @IsEmoji()
  emoji!: string;
}

export class ReadRequest {
  /** The newest message that was seen */
  @IsId()
  messageId!: string;
}

/** Whether those who may know see that one is online. */
export class PresenceSetting {
  /** @example true */
  @IsBoolean(saying('invalid-choice', { choices: 'true, false' }))
  isVisible!: boolean;
}
