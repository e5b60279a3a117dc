import { Entity, ForeignKey, Index } from 'typeorm';
import type { ExportState } from '@echomate/contracts/leaving.dto';
import { Big, Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** An archive of all that somebody has here, being made or kept for some days. */
@Entity('exports')
@Index('exports_of_user', ['userId', 'id'])
@Index('exports_by_age', ['createdAt'])
export class Export {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'exports_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  state!: ExportState;

  /** What has been written so far */
  @Integer()
  items!: number;

  @Integer()
  files!: number;

  /** Of the archive */
  @Big()
  bytes!: number;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  readyAt!: string | null;
}
