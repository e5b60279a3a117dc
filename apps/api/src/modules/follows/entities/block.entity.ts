import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Time } from '../../../platform/database/columns.js';

/** Hides the two from each other, whichever of them blocked. */
@Entity('blocks')
@Index('blocks_pair', ['blockerId', 'blockedId'], { unique: true })
@Index('blocks_of_blocker', ['blockerId', 'id'])
@Index('blocks_of_blocked', ['blockedId', 'blockerId'])
export class Block {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'blocks_blocker_fk', onDelete: 'CASCADE' })
  blockerId!: string;

  @Reference()
  @ForeignKey('User', { name: 'blocks_blocked_fk', onDelete: 'CASCADE' })
  blockedId!: string;

  @Time()
  createdAt!: string;
}
