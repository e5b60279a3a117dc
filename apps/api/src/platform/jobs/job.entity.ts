import { Entity, Index } from 'typeorm';
import { Id, Integer, Text, Time } from '../database/columns.js';

/** Work that must survive a crash: written in the transaction that wants it, deleted with its effect. */
@Entity('jobs')
@Index('jobs_due', ['state', 'runAt'])
@Index('jobs_unique_key', ['uniqueKey'], { unique: true })
export class Job {
  @Id()
  id!: string;

  @Text()
  kind!: string;

  /** JSON */
  @Text()
  payload!: string;

  /** At most one job has a given key; recurring work uses it. */
  @Text({ nullable: true })
  uniqueKey!: string | null;

  /** `waiting` until done, `dead` when every attempt failed: then a person must look. */
  @Text()
  state!: 'waiting' | 'dead';

  /** When it is due; while a worker has it, when its lease ends. */
  @Time()
  runAt!: string;

  /** Counts the leases given, so that a worker that lost its lease cannot finish the job. */
  @Integer()
  attempts!: number;

  @Text({ nullable: true })
  lastError!: string | null;

  @Time()
  createdAt!: string;
}
