import type {
  AppealOutcome,
  Decision,
  ReportedKind,
  ReportReason,
} from '@echomate/contracts/moderation.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** All reports about one thing, from the first until it is decided. Its id says when it was opened. */
@Entity('report_cases')
@Index('report_cases_open', ['subjectId', 'subjectKind'], {
  unique: true,
  where: 'decided_at IS NULL',
})
@Index('report_cases_queue', ['id'], { where: 'decided_at IS NULL' })
@Index('report_cases_appealed', ['id'], {
  where: 'appealed_at IS NOT NULL AND appeal_answered_at IS NULL',
})
@Index('report_cases_of_person', ['personId', 'id'])
@Index('report_cases_claimed_by', ['claimedById'])
@Index('report_cases_decided_by', ['decidedById'])
export class ReportCase {
  @Id()
  id!: string;

  @Text()
  subjectKind!: ReportedKind;

  /** No foreign key: the case outlives what it is about. */
  @Reference()
  subjectId!: string;

  /** Who is responsible for it */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'report_cases_person_fk', onDelete: 'CASCADE' })
  personId!: string | null;

  /** A `Snapshot` as JSON */
  @Text()
  snapshot!: string;

  @Integer({ default: 0 })
  reportCount!: number;

  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'report_cases_claimed_by_fk', onDelete: 'SET NULL' })
  claimedById!: string | null;

  @Time({ nullable: true })
  claimedUntil!: string | null;

  @Time({ nullable: true })
  decidedAt!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'report_cases_decided_by_fk', onDelete: 'SET NULL' })
  decidedById!: string | null;

  @Text({ nullable: true })
  decision!: Decision | null;

  @Text({ nullable: true })
  reason!: ReportReason | null;

  /** Told to the person concerned */
  @Text({ nullable: true })
  words!: string | null;

  /** Of a suspension */
  @Time({ nullable: true })
  endsAt!: string | null;

  @Time({ nullable: true })
  undoneAt!: string | null;

  /** Why the person concerned thinks that it is wrong */
  @Text({ nullable: true })
  appeal!: string | null;

  @Time({ nullable: true })
  appealedAt!: string | null;

  @Text({ nullable: true })
  appealOutcome!: AppealOutcome | null;

  @Text({ nullable: true })
  appealAnswer!: string | null;

  @Time({ nullable: true })
  appealAnsweredAt!: string | null;
}
