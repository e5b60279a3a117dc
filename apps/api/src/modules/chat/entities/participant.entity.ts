import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Reference, Time } from '../../../platform/database/columns.js';

/**
 * How somebody stands to a conversation. Both of two have one from the start; in the room of a group, where membership
 * decides, those who have read, written or changed something.
 */
@Entity('participants')
@Index('participants_pair', ['conversationId', 'userId'], { unique: true })
@Index('participants_readers', ['conversationId', 'lastReadId', 'userId'])
@Index('participants_of_user', ['userId', 'lastMessageId'])
@Index('participants_unread', ['userId', 'lastMessageId'], {
  where: 'last_message_id > last_read_id',
})
export class Participant {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Conversation', { name: 'participants_conversation_fk', onDelete: 'CASCADE' })
  conversationId!: string;

  @Reference()
  @ForeignKey('User', { name: 'participants_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference()
  lastReadId!: string;

  /** Repeats that of the conversation, of two people only: their lists are sorted by it */
  @Reference({ nullable: true })
  lastMessageId!: string | null;

  /** Started, opened, answered or accepted it */
  @Time({ nullable: true })
  acceptedAt!: string | null;

  @Time({ nullable: true })
  declinedAt!: string | null;

  @Flag({ default: false })
  isMuted!: boolean;

  @Flag({ default: false })
  isArchived!: boolean;
}
