import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Time } from '../../../platform/database/columns.js';

/** Up to where somebody has looked at the list: what is above counts for the number on the bell. */
@Entity('notification_states')
export class NotificationState {
  @Id()
  @ForeignKey('User', { name: 'notification_states_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference()
  seenUpTo!: string;
}

/** A post or group that somebody does not want to hear of, for a while or for good. */
@Entity('notification_mutes')
@Index('notification_mutes_of_post', ['postId', 'userId'], {
  unique: true,
  where: 'post_id IS NOT NULL',
})
@Index('notification_mutes_of_group', ['groupId', 'userId'], {
  unique: true,
  where: 'group_id IS NOT NULL',
})
@Index('notification_mutes_of_user', ['userId', 'id'])
export class NotificationMute {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'notification_mutes_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference({ nullable: true })
  @ForeignKey('Post', { name: 'notification_mutes_post_fk', onDelete: 'CASCADE' })
  postId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Group', { name: 'notification_mutes_group_fk', onDelete: 'CASCADE' })
  groupId!: string | null;

  /** Null for good */
  @Time({ nullable: true })
  until!: string | null;
}
