import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference } from '../../../platform/database/columns.js';

/** What somebody did that a notification tells of: the newest deed of each person. */
@Entity('notification_deeds')
@Index('notification_deeds_pair', ['notificationId', 'actorId'], { unique: true })
@Index('notification_deeds_of_notification', ['notificationId', 'id'])
@Index('notification_deeds_of_actor', ['actorId', 'id'])
@Index('notification_deeds_of_comment', ['commentId'], { where: 'comment_id IS NOT NULL' })
@Index('notification_deeds_of_post', ['postId'], { where: 'post_id IS NOT NULL' })
export class NotificationDeed {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Notification', { name: 'notification_deeds_notification_fk', onDelete: 'CASCADE' })
  notificationId!: string;

  @Reference()
  @ForeignKey('User', { name: 'notification_deeds_actor_fk', onDelete: 'CASCADE' })
  actorId!: string;

  /** The comment or reply that was written */
  @Reference({ nullable: true })
  @ForeignKey('Comment', { name: 'notification_deeds_comment_fk', onDelete: 'CASCADE' })
  commentId!: string | null;

  /** The share that was published */
  @Reference({ nullable: true })
  @ForeignKey('Post', { name: 'notification_deeds_post_fk', onDelete: 'CASCADE' })
  postId!: string | null;
}
