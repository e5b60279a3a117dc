import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** An event on one day. */
@Entity('events')
@Index('events_of_group', ['groupId', 'startsAt', 'id'])
@Index('events_of_series', ['seriesId', 'startsAt'])
@Index('events_to_remind', ['nextReminderAt'], { where: 'next_reminder_at IS NOT NULL' })
export class Event {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('EventSeries', { name: 'events_series_fk', onDelete: 'CASCADE' })
  seriesId!: string;

  @Reference()
  @ForeignKey('Group', { name: 'events_group_fk', onDelete: 'CASCADE' })
  groupId!: string;

  /** Day and time as they are meant, in the zone; the moments follow from them. */
  @Text()
  zone!: string;

  @Text()
  startsLocal!: string;

  @Text({ nullable: true })
  endsLocal!: string | null;

  @Time()
  startsAt!: string;

  @Time({ nullable: true })
  endsAt!: string | null;

  /** The end or, without one, the start */
  @Time()
  overAt!: string;

  /** The start that the pattern gives it; null if the pattern has it no longer */
  @Text({ nullable: true })
  recurrence!: string | null;

  /** Whether it takes place at another time than the pattern says */
  @Flag({ default: false })
  isMoved!: boolean;

  @Time({ nullable: true })
  cancelledAt!: string | null;

  /** Null if nobody is to be reminded any more */
  @Time({ nullable: true })
  nextReminderAt!: string | null;
}
