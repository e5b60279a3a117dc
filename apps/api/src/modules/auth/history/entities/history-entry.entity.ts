import { Entity, ForeignKey, Index } from 'typeorm';
import type { HistoryKind } from '@echomate/contracts/history.dto';
import { Id, Reference, Text, Time } from '../../../../platform/database/columns.js';

/** Something that happened to an account, for its owner alone. Kept for a year. */
@Entity('account_history')
@Index('account_history_of_user', ['userId', 'id'])
@Index('account_history_by_age', ['at'])
export class HistoryEntry {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'account_history_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  kind!: HistoryKind;

  @Text({ nullable: true })
  device!: string | null;

  /** The beginning of the address: enough to know one's own home by, and not where somebody is */
  @Text({ nullable: true })
  network!: string | null;

  @Time()
  at!: string;
}
