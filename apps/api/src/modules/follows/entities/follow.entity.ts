import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** A follows B, or asks to. Only `accepted` grants anything. */
@Entity('follows')
@Index('follows_pair', ['followerId', 'followeeId'], { unique: true })
@Index('follows_of_followee', ['followeeId', 'status', 'id'])
@Index('follows_of_follower', ['followerId', 'status', 'id'])
export class Follow {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'follows_follower_fk', onDelete: 'CASCADE' })
  followerId!: string;

  @Reference()
  @ForeignKey('User', { name: 'follows_followee_fk', onDelete: 'CASCADE' })
  followeeId!: string;

  @Text()
  status!: 'requested' | 'accepted' | 'declined';

  /** False while either account is inactive: then no counter includes it. */
  @Flag({ default: true })
  isCounted!: boolean;

  @Time()
  createdAt!: string;

  /** When the followee answered; null if no answer was needed */
  @Time({ nullable: true })
  decidedAt!: string | null;
}
