import type { NotificationChannel, NotificationTopic } from '@echomate/contracts/notifications.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** What somebody chose to hear of by a channel, or not; what isn't here is as by default. */
@Entity('notification_choices')
export class NotificationChoice {
  @Id()
  @ForeignKey('User', { name: 'notification_choices_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text({ primary: true })
  topic!: NotificationTopic;

  @Text({ primary: true })
  channel!: NotificationChannel;

  @Flag()
  isOn!: boolean;
}

/** When somebody is told, by the clocks of their zone. */
@Entity('notification_settings')
export class NotificationSettings {
  @Id()
  @ForeignKey('User', { name: 'notification_settings_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** Null until a browser has told it */
  @Text({ nullable: true })
  zone!: string | null;

  @Text({ nullable: true })
  quietFrom!: string | null;

  @Text({ nullable: true })
  quietTo!: string | null;

  /** Null for no daily email */
  @Integer({ nullable: true })
  digestHour!: number | null;
}

/** Somebody's daily email. */
@Entity('notification_digests')
@Index('notification_digests_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
export class NotificationDigest {
  @Id()
  @ForeignKey('User', { name: 'notification_digests_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** Null until there is something */
  @Time({ nullable: true })
  dueAt!: string | null;

  /** The position of the newest notification that the last one told of */
  @Reference()
  toldUpTo!: string;
}
