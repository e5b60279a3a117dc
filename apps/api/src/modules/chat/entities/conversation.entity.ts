import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** Of two people, or the room of a group. */
@Entity('conversations')
@Index('conversations_of_group', ['groupId'], { unique: true, where: 'group_id IS NOT NULL' })
@Index('conversations_pair', ['pair'], { unique: true, where: 'pair IS NOT NULL' })
export class Conversation {
  @Id()
  id!: string;

  @Reference({ nullable: true })
  @ForeignKey('Group', { name: 'conversations_group_fk', onDelete: 'CASCADE' })
  groupId!: string | null;

  /** The ids of the two, in order, while both accounts exist */
  @Text({ nullable: true })
  pair!: string | null;

  @Reference({ nullable: true })
  lastMessageId!: string | null;

  @Time()
  createdAt!: string;
}
