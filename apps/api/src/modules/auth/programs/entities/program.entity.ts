import { Entity, ForeignKey, Index } from 'typeorm';
import type { Program as Shown } from '@echomate/contracts/programs.dto';
import { Id, Reference, Text, Time } from '../../../../platform/database/columns.js';

/** A program that may act for somebody. Only a hash of its secret is stored. */
@Entity('programs')
@Index('programs_token_hash', ['tokenHash'], { unique: true })
@Index('programs_of_user', ['userId', 'id'])
@Index('programs_ends_at', ['endsAt'])
export class Program {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'programs_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  kind!: Shown['kind'];

  /** Of the token, or of the newest refresh token */
  @Text()
  tokenHash!: string;

  @Text()
  name!: string;

  /** Separated by spaces */
  @Text()
  scopes!: string;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  lastUsedAt!: string | null;

  @Time()
  endsAt!: string;
}
