import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Text, Time } from '../../../platform/database/columns.js';

/** The secret address at which a person's events can be read. */
@Entity('calendars')
@Index('calendars_secret', ['secretHash'], { unique: true })
export class Calendar {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'calendars_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  secretHash!: string;

  @Time()
  createdAt!: string;
}
