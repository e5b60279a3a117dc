import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** A member invites somebody. Accepted ones become memberships, so only waiting and declined ones are kept. */
@Entity('group_invitations')
@Index('group_invitations_pair', ['groupId', 'userId'], { unique: true })
@Index('group_invitations_of_group', ['groupId', 'status', 'id'])
@Index('group_invitations_of_user', ['userId', 'status', 'id'])
@Index('group_invitations_of_inviter', ['inviterId', 'id'])
export class GroupInvitation {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Group', { name: 'group_invitations_group_fk', onDelete: 'CASCADE' })
  groupId!: string;

  @Reference()
  @ForeignKey('User', { name: 'group_invitations_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference()
  @ForeignKey('User', { name: 'group_invitations_inviter_fk', onDelete: 'CASCADE' })
  inviterId!: string;

  @Text({ nullable: true })
  words!: string | null;

  @Text()
  status!: 'waiting' | 'declined';

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  decidedAt!: string | null;
}
