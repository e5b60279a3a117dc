import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Reference, Time } from '../../../platform/database/columns.js';

/** A change of answer is a new row: the order of ids is the order of the waiting list. */
@Entity('event_answers')
@Index('event_answers_pair', ['eventId', 'userId'], { unique: true })
@Index('event_answers_of_event', ['eventId', 'id'])
@Index('event_answers_of_option', ['eventId', 'optionId', 'id'])
@Index('event_answers_by_option', ['optionId'])
@Index('event_answers_of_user', ['userId', 'id'])
export class EventAnswer {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Event', { name: 'event_answers_event_fk', onDelete: 'CASCADE' })
  eventId!: string;

  @Reference()
  @ForeignKey('User', { name: 'event_answers_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference()
  @ForeignKey('EventOption', { name: 'event_answers_option_fk', onDelete: 'CASCADE' })
  optionId!: string;

  @Flag({ default: false })
  isWaiting!: boolean;

  /** False while the account is inactive: then it keeps its place, but no number shows it. */
  @Flag({ default: true })
  isCounted!: boolean;

  @Time()
  answeredAt!: string;
}
