import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** A logged-in browser. Only a hash of the cookie's secret is stored. */
@Entity('sessions')
@Index('sessions_token_hash', ['tokenHash'], { unique: true })
@Index('sessions_user', ['userId', 'id'])
@Index('sessions_expires_at', ['expiresAt'])
export class Session {
  @Id()
  id!: string;

  @Text()
  tokenHash!: string;

  @Reference()
  @ForeignKey('User', { name: 'sessions_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  device!: string;

  @Time()
  createdAt!: string;

  @Time()
  lastSeenAt!: string;

  @Time()
  expiresAt!: string;
}
