import { Entity, Index } from 'typeorm';
import { Id, Integer, Text, Time } from '../database/columns.js';

/** Work that must survive a crash: inserted in the transaction that needs it, deleted together with its effect. */
@Entity('jobs')
@Index('jobs_due', ['state', 'runAt'])
@Index('jobs_of_batch', ['batch', 'state', 'runAt'])
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

  /** Jobs of one kind and batch may run as one. */
  @Text({ nullable: true })
  batch!: string | null;

  /** `waiting` until done, `dead` when every attempt failed: then somebody must look */
  @Text()
  state!: 'waiting' | 'dead';

  /** When it is due or, while a worker runs it, when the lease ends */
  @Time()
  runAt!: string;

  /** Increases with every lease, so that a worker that lost its lease cannot finish the job */
  @Integer()
  attempts!: number;

  @Text({ nullable: true })
  lastError!: string | null;

  @Time()
  createdAt!: string;
}
