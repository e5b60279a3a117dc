import { Entity, ForeignKey, Index } from 'typeorm';
import { Big, Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** The public half of a passkey. */
@Entity('passkeys')
@Index('passkeys_of_user', ['userId', 'id'])
@Index('passkeys_credential', ['credentialId'], { unique: true })
export class StoredPasskey {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'passkeys_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  credentialId!: string;

  /** COSE, as base64url */
  @Text()
  publicKey!: string;

  /** How often it has signed, as it says itself; a copied one falls behind. Many always say 0. */
  @Big()
  counter!: number;

  /** How browsers reach it, separated by commas */
  @Text()
  transports!: string;

  @Text()
  name!: string;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  lastUsedAt!: string | null;
}
