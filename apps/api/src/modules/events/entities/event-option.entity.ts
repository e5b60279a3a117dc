import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Integer, Reference, Text } from '../../../platform/database/columns.js';

@Entity('event_options')
@Index('event_options_of_series', ['seriesId', 'position'])
export class EventOption {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('EventSeries', { name: 'event_options_series_fk', onDelete: 'CASCADE' })
  seriesId!: string;

  @Integer()
  position!: number;

  @Text()
  title!: string;

  /** Places on each date; null for any number */
  @Integer({ nullable: true })
  capacity!: number | null;

  /** Whoever picks it won't come: they are not reminded */
  @Flag({ default: false })
  isDecline!: boolean;
}
