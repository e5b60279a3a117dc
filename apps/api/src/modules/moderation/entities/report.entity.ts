import type { ReportReason } from '@echomate/contracts/moderation.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text } from '../../../platform/database/columns.js';

/** What one person says about a case. */
@Entity('reports')
@Index('reports_pair', ['caseId', 'reporterId'], { unique: true })
@Index('reports_of_case', ['caseId', 'id'])
@Index('reports_of_reporter', ['reporterId', 'id'])
export class Report {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('ReportCase', { name: 'reports_case_fk', onDelete: 'CASCADE' })
  caseId!: string;

  @Reference()
  @ForeignKey('User', { name: 'reports_reporter_fk', onDelete: 'CASCADE' })
  reporterId!: string;

  @Text()
  reason!: ReportReason;

  @Text({ nullable: true })
  words!: string | null;
}
