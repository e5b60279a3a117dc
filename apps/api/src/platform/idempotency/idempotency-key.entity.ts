import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Text, Time } from '../database/columns.js';

/** What a request with this key has created. */
@Entity('idempotency_keys')
@Index('idempotency_keys_by_age', ['createdAt'])
export class IdempotencyKey {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'idempotency_keys_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text({ primary: true })
  key!: string;

  /** Hash of the whole request: the same key with another request is refused */
  @Text()
  fingerprint!: string;

  @Reference()
  madeId!: string;

  @Time()
  createdAt!: string;
}
