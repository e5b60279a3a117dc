import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Time, Word } from '../../../platform/database/columns.js';

/** A handle that was given up. For a while it leads to its person and nobody else can have it. */
@Entity('former_handles', { withoutRowid: true })
@Index('former_handles_of_user', ['userId'])
@Index('former_handles_until', ['until'])
export class FormerHandle {
  @Word({ primary: true })
  handle!: string;

  /** Null if the account was removed */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'former_handles_user_fk', onDelete: 'SET NULL' })
  userId!: string | null;

  @Time()
  until!: string;
}
