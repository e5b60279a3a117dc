import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Time } from '../../../platform/database/columns.js';

/** Until when an account is suspended, and by which case. That it is suspended says `inactive_accounts`. */
@Entity('suspensions')
@Index('suspensions_of_case', ['caseId'])
@Index('suspensions_to_end', ['endsAt'], { where: 'ends_at IS NOT NULL' })
export class Suspension {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'suspensions_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference()
  @ForeignKey('ReportCase', { name: 'suspensions_case_fk', onDelete: 'CASCADE' })
  caseId!: string;

  /** Null if it is for good */
  @Time({ nullable: true })
  endsAt!: string | null;
}
