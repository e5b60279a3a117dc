import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** Whom another site knows as `subject`: it opens an account, or will when an admin lets its owner in. */
@Entity('identities')
@Index('identities_issuer_subject', ['issuer', 'subject'], { unique: true })
@Index('identities_user', ['userId', 'id'])
@Index('identities_registration', ['registrationId'])
export class Identity {
  @Id()
  id!: string;

  /** The address of the site, so that another site under the same name opens nothing */
  @Text()
  issuer!: string;

  @Text()
  subject!: string;

  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'identities_user_fk', onDelete: 'CASCADE' })
  userId!: string | null;

  /** Set as long as there is no account yet */
  @Reference({ nullable: true })
  @ForeignKey('Registration', { name: 'identities_registration_fk', onDelete: 'CASCADE' })
  registrationId!: string | null;

  @Time()
  createdAt!: string;

  @Time()
  lastUsedAt!: string;
}
