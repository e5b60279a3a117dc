import { Entity, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/**
 * Someone who filled in the form but has not yet confirmed the email address. Several may wait for one
 * address: whoever confirms opens the account, the others end with it.
 */
@Entity('registrations')
@Index('registrations_email', ['email'])
@Index('registrations_expires_at', ['expiresAt'])
export class Registration {
  @Id()
  id!: string;

  @Text()
  email!: string;

  @Text()
  passwordHash!: string;

  /** Of the secret in the browser that registered: whoever opens the link there needs no other proof. */
  @Text({ nullable: true })
  browserHash!: string | null;

  /** JSON of the profile fields */
  @Text()
  profile!: string;

  @Reference({ nullable: true })
  avatarId!: string | null;

  @Time()
  createdAt!: string;

  @Time()
  expiresAt!: string;
}
