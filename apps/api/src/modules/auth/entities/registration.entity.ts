import { Entity, Index } from 'typeorm';
import { Id, Text, Time } from '../../../platform/database/columns.js';

/**
 * Someone who filled in the form but has not confirmed the email address. One address may have several; confirming one
 * opens the account, and the links of the others no longer work. They stay until they expire, because whoever waits for
 * one must not learn from its end that the address has an account now.
 */
@Entity('registrations')
@Index('registrations_email', ['email', 'id'])
@Index('registrations_browser', ['browserHash', 'id'])
@Index('registrations_expires_at', ['expiresAt'])
export class Registration {
  @Id()
  id!: string;

  @Text()
  email!: string;

  @Text()
  passwordHash!: string;

  /** Hash of the secret in the browser that registered; opening the link there needs no password. */
  @Text({ nullable: true })
  browserHash!: string | null;

  /** JSON of the profile fields */
  @Text()
  profile!: string;

  @Time()
  createdAt!: string;

  @Time()
  expiresAt!: string;
}
