import type { NotificationKind } from '@echomate/contracts/notifications.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/**
 * Something that a person is told, about at most one thing of each kind. What it is about takes it along when it goes.
 * Actions of the same kind about the same thing come together until it is read.
 */
@Entity('notifications')
@Index('notifications_of_user', ['userId', 'position'], { unique: true })
@Index('notifications_by_key', ['userId', 'groupKey'])
@Index('notifications_of_post', ['postId'], { where: 'post_id IS NOT NULL' })
@Index('notifications_of_comment', ['commentId'], { where: 'comment_id IS NOT NULL' })
@Index('notifications_of_group', ['groupId'], { where: 'group_id IS NOT NULL' })
@Index('notifications_of_event', ['eventId'], { where: 'event_id IS NOT NULL' })
export class Notification {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'notifications_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** A UUIDv7 that is made anew with each action, so the newest is on top */
  @Reference()
  position!: string;

  @Text()
  kind!: NotificationKind;

  @Text()
  groupKey!: string;

  @Reference({ nullable: true })
  @ForeignKey('Post', { name: 'notifications_post_fk', onDelete: 'CASCADE' })
  postId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Comment', { name: 'notifications_comment_fk', onDelete: 'CASCADE' })
  commentId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Group', { name: 'notifications_group_fk', onDelete: 'CASCADE' })
  groupId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Event', { name: 'notifications_event_fk', onDelete: 'CASCADE' })
  eventId!: string | null;

  /** What changed about an event, separated by spaces, or how long before it a reminder is */
  @Text({ nullable: true })
  detail!: string | null;

  @Time({ nullable: true })
  readAt!: string | null;
}
