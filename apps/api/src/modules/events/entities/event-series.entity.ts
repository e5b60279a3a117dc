import type { Repetition } from '@echomate/contracts/events.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Day, Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** What the dates of an event share, and by which pattern they repeat. An event on one day is a series of one. */
@Entity('event_series')
@Index('event_series_of_group', ['groupId', 'id'])
@Index('event_series_of_creator', ['creatorId', 'id'])
export class EventSeries {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Group', { name: 'event_series_group_fk', onDelete: 'CASCADE' })
  groupId!: string;

  /** Null once the account is gone */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'event_series_creator_fk' })
  creatorId!: string | null;

  @Text()
  title!: string;

  @Text()
  description!: string;

  @Text({ nullable: true })
  place!: string | null;

  /** Zone, first start and first end of the pattern */
  @Text()
  zone!: string;

  @Text()
  startsLocal!: string;

  @Text({ nullable: true })
  endsLocal!: string | null;

  @Text({ nullable: true })
  repeats!: Repetition | null;

  @Day({ nullable: true })
  until!: string | null;

  /** Grows with every change, for calendars */
  @Integer({ default: 0 })
  sequence!: number;

  /** All answers to all dates */
  @Integer({ default: 0 })
  answerCount!: number;

  @Time()
  createdAt!: string;

  @Time()
  changedAt!: string;
}
