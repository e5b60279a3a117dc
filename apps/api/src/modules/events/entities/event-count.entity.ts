import { Entity, ForeignKey, Index } from 'typeorm';
import { Integer, Reference } from '../../../platform/database/columns.js';

/** Changes with the answers that it counts; there is none before the first. */
@Entity('event_counts')
@Index('event_counts_by_option', ['optionId'])
export class EventCount {
  @Reference({ primary: true })
  @ForeignKey('Event', { name: 'event_counts_event_fk', onDelete: 'CASCADE' })
  eventId!: string;

  @Reference({ primary: true })
  @ForeignKey('EventOption', { name: 'event_counts_option_fk', onDelete: 'CASCADE' })
  optionId!: string;

  /** Places taken, those of inactive accounts too */
  @Integer({ default: 0 })
  taken!: number;

  /** Counted answers that have a place */
  @Integer({ default: 0 })
  answerCount!: number;

  @Integer({ default: 0 })
  waitingCount!: number;
}
