import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference } from '../../../platform/database/columns.js';

/** What somebody did that a notification tells of: the newest action of each person. */
@Entity('notification_actions')
@Index('notification_actions_pair', ['notificationId', 'actorId'], { unique: true })
@Index('notification_actions_of_notification', ['notificationId', 'id'])
@Index('notification_actions_of_actor', ['actorId', 'id'])
@Index('notification_actions_of_comment', ['commentId'], { where: 'comment_id IS NOT NULL' })
@Index('notification_actions_of_post', ['postId'], { where: 'post_id IS NOT NULL' })
export class NotificationAction {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Notification', { name: 'notification_actions_notification_fk', onDelete: 'CASCADE' })
  notificationId!: string;

  @Reference()
  @ForeignKey('User', { name: 'notification_actions_actor_fk', onDelete: 'CASCADE' })
  actorId!: string;

  /** The job that told of it, in the order in which things were done; null for what was told before jobs were noted */
  @Reference({ nullable: true })
  jobId!: string | null;

  /** The comment or reply that was written */
  @Reference({ nullable: true })
  @ForeignKey('Comment', { name: 'notification_actions_comment_fk', onDelete: 'CASCADE' })
  commentId!: string | null;

  /** The share that was published */
  @Reference({ nullable: true })
  @ForeignKey('Post', { name: 'notification_actions_post_fk', onDelete: 'CASCADE' })
  postId!: string | null;
}
