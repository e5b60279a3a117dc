import { Entity } from 'typeorm';
import { Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/**
 * What moderators did, in the order in which they did it. Rows are added and never changed, so they hold ids only: what
 * can be read of a person goes with their account, and this stays.
 */
@Entity('moderation_log')
export class ModerationLogRow {
  @Integer({ primary: true })
  position!: number;

  @Time()
  at!: string;

  @Text()
  action!: string;

  /** Null for what ends by itself */
  @Reference({ nullable: true })
  actorId!: string | null;

  @Reference()
  caseId!: string;

  @Text()
  subjectKind!: string;

  @Reference()
  subjectId!: string;

  @Reference({ nullable: true })
  personId!: string | null;

  @Text({ nullable: true })
  reason!: string | null;

  /** Proves which words the case had, without keeping them */
  @Text({ nullable: true })
  wordsHash!: string | null;

  @Time({ nullable: true })
  endsAt!: string | null;

  @Text()
  previousHash!: string;

  /** Of all of the above */
  @Text()
  hash!: string;
}
