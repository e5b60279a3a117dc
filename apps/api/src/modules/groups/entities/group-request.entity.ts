import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** Somebody asks to join. Accepted requests become memberships, so only waiting and refused ones are kept. */
@Entity('group_requests')
@Index('group_requests_pair', ['groupId', 'userId'], { unique: true })
@Index('group_requests_of_group', ['groupId', 'status', 'id'])
@Index('group_requests_of_user', ['userId', 'id'])
export class GroupRequest {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Group', { name: 'group_requests_group_fk', onDelete: 'CASCADE' })
  groupId!: string;

  @Reference()
  @ForeignKey('User', { name: 'group_requests_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text({ nullable: true })
  words!: string | null;

  @Text()
  status!: 'waiting' | 'refused';

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  decidedAt!: string | null;
}
