import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text } from '../../../platform/database/columns.js';

/** One emoji of one person at one message. */
@Entity('message_reactions')
@Index('message_reactions_pair', ['messageId', 'userId'], { unique: true })
@Index('message_reactions_of_user', ['userId', 'id'])
export class MessageReaction {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Message', { name: 'message_reactions_message_fk', onDelete: 'CASCADE' })
  messageId!: string;

  @Reference()
  @ForeignKey('User', { name: 'message_reactions_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  emoji!: string;
}
