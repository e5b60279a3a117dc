import { Entity, ForeignKey } from 'typeorm';
import { Integer, Reference } from '../../../platform/database/columns.js';

/** Counters, changed in the same transaction as the rows they count. */
@Entity('follow_counts')
export class FollowCount {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'follow_counts_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Integer({ default: 0 })
  followers!: number;

  @Integer({ default: 0 })
  following!: number;

  /** Requests waiting for this person's answer */
  @Integer({ default: 0 })
  requests!: number;

  /** The newest follower this person has looked at */
  @Reference({ nullable: true })
  seenFollowId!: string | null;
}
