import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Time } from '../../../platform/database/columns.js';

/** The muter stops seeing what the muted does; the muted notices nothing. */
@Entity('mutes')
@Index('mutes_pair', ['muterId', 'mutedId'], { unique: true })
@Index('mutes_of_muter', ['muterId', 'id'])
@Index('mutes_of_muted', ['mutedId'])
export class Mute {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'mutes_muter_fk', onDelete: 'CASCADE' })
  muterId!: string;

  @Reference()
  @ForeignKey('User', { name: 'mutes_muted_fk', onDelete: 'CASCADE' })
  mutedId!: string;

  @Time()
  createdAt!: string;
}
