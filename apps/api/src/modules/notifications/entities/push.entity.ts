import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** With these this installation identifies itself to push services (VAPID). The first ones made are everyone's. */
@Entity('push_keys')
export class PushKeys {
  @Text({ primary: true })
  publicKey!: string;

  @Text()
  privateKey!: string;

  @Time()
  createdAt!: string;
}

/** Where and how a browser gets pushes. It ends with its session. */
@Entity('push_subscriptions')
@Index('push_subscriptions_endpoint', ['endpointHash'], { unique: true })
@Index('push_subscriptions_of_user', ['userId', 'createdAt'])
export class PushSubscription {
  @Id()
  @ForeignKey('Session', { name: 'push_subscriptions_session_fk', onDelete: 'CASCADE' })
  sessionId!: string;

  @Reference()
  @ForeignKey('User', { name: 'push_subscriptions_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** Whoever knows it can send there, so it leaves the server only to be sent to */
  @Text()
  endpoint!: string;

  @Text()
  endpointHash!: string;

  @Text()
  p256dh!: string;

  @Text()
  auth!: string;

  @Time()
  createdAt!: string;
}
