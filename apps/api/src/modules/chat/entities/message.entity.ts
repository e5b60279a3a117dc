import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** Within a conversation ids ascend in the order in which messages are saved; they hold the time. */
@Entity('messages')
@Index('messages_of_conversation', ['conversationId', 'id'])
@Index('messages_of_client', ['conversationId', 'senderId', 'clientId'], { unique: true })
@Index('messages_of_sender', ['senderId', 'id'])
@Index('messages_replies', ['replyToId'], { where: 'reply_to_id IS NOT NULL' })
export class Message {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Conversation', { name: 'messages_conversation_fk', onDelete: 'CASCADE' })
  conversationId!: string;

  /** Null once the account is removed */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'messages_sender_fk' })
  senderId!: string | null;

  /** Made by the sender, so that a message sent again is the same */
  @Reference()
  clientId!: string;

  @Text()
  content!: string;

  @Text()
  searchText!: string;

  @Reference({ nullable: true })
  @ForeignKey('Message', { name: 'messages_reply_to_fk', onDelete: 'SET NULL' })
  replyToId!: string | null;

  @Time({ nullable: true })
  editedAt!: string | null;

  /** The row stays, without its text */
  @Time({ nullable: true })
  deletedAt!: string | null;
}
