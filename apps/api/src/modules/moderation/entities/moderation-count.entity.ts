import { Entity } from 'typeorm';
import { Integer, Text } from '../../../platform/database/columns.js';

/** What happened in a month. Nobody is in it, so it stays when people go. */
@Entity('moderation_counts')
export class ModerationCount {
  /** Such as 2026-11, in UTC */
  @Text({ primary: true })
  month!: string;

  @Integer({ default: 0 })
  reports!: number;

  @Integer({ default: 0 })
  dismissed!: number;

  @Integer({ default: 0 })
  removed!: number;

  @Integer({ default: 0 })
  warned!: number;

  @Integer({ default: 0 })
  suspended!: number;

  /** From the first report to the decision, of all decisions together */
  @Integer({ default: 0 })
  minutesToDecide!: number;

  /** Answered ones */
  @Integer({ default: 0 })
  appeals!: number;

  @Integer({ default: 0 })
  overturned!: number;
}
