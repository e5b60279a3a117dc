import { Entity, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

export type EmailTokenPurpose =
  | 'registration'
  | 'email-change'
  | 'password-reset'
  /** Moves an account back to the address it was moved away from */
  | 'email-return';

/** The secret in a mailed link: stored as a hash, usable once, deleted when it expires. */
@Entity('email_tokens')
@Index('email_tokens_token_hash', ['tokenHash'], { unique: true })
@Index('email_tokens_subject', ['purpose', 'subjectId'])
@Index('email_tokens_email', ['purpose', 'email'])
@Index('email_tokens_expires_at', ['expiresAt'])
export class EmailToken {
  @Id()
  id!: string;

  @Text()
  purpose!: EmailTokenPurpose;

  /** The registration, or the user, that the link is about */
  @Reference()
  subjectId!: string;

  /** The address the link was sent to */
  @Text()
  email!: string;

  /** The version when the link was requested; the link works only while it is current. */
  @Integer({ nullable: true })
  credentialsVersion!: number | null;

  @Text()
  tokenHash!: string;

  @Time()
  expiresAt!: string;
}
