import type { GroupRole } from '@echomate/contracts/groups.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** A time in a group. It is over once `endedAt` is set; who comes back has another. */
@Entity('memberships')
@Index('memberships_pair', ['groupId', 'userId'], { unique: true, where: 'ended_at IS NULL' })
@Index('memberships_of_group', ['groupId', 'id'], { where: 'ended_at IS NULL' })
@Index('memberships_past_of_group', ['groupId', 'id'], { where: 'ended_at IS NOT NULL' })
@Index('memberships_of_user', ['userId', 'id'])
export class Membership {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Group', { name: 'memberships_group_fk', onDelete: 'CASCADE' })
  groupId!: string;

  @Reference()
  @ForeignKey('User', { name: 'memberships_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  role!: GroupRole;

  /** False while the account is inactive: then `member_count` does not include it. */
  @Flag({ default: true })
  isCounted!: boolean;

  @Time()
  joinedAt!: string;

  @Time({ nullable: true })
  endedAt!: string | null;

  @Text({ nullable: true })
  endedBy!: 'left' | 'removed' | 'group' | null;
}
