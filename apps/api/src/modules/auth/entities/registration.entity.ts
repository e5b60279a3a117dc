import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/**
 * Someone who filled in the form but has not confirmed the email address. One address may have several; confirming one
 * opens the account, and the links of the others no longer work. They stay until they expire, because whoever waits for
 * one must not learn from its end that the address has an account now.
 */
@Entity('registrations')
@Index('registrations_email', ['email', 'id'])
@Index('registrations_browser', ['browserHash', 'id'])
@Index('registrations_expires_at', ['expiresAt'])
@Index('registrations_waiting_email', ['email'], {
  unique: true,
  where: 'confirmed_at IS NOT NULL',
})
@Index('registrations_waiting', ['id'], { where: 'confirmed_at IS NOT NULL' })
export class Registration {
  @Id()
  id!: string;

  @Text()
  email!: string;

  /** None for whoever logs in elsewhere */
  @Text({ nullable: true })
  passwordHash!: string | null;

  /** Hash of the secret in the browser that registered; opening the link there needs no password. */
  @Text({ nullable: true })
  browserHash!: string | null;

  /** JSON of the profile fields */
  @Text()
  profile!: string;

  /** The link somebody came with; its use counts when the account opens */
  @Reference({ nullable: true })
  @ForeignKey('Invitation', { name: 'registrations_invitation_fk' })
  invitationId!: string | null;

  /** What somebody wrote to be let in */
  @Text({ nullable: true })
  words!: string | null;

  /** Set where an admin has to let them in: the address is theirs, and they wait */
  @Time({ nullable: true })
  confirmedAt!: string | null;

  @Time()
  createdAt!: string;

  @Time()
  expiresAt!: string;
}
