import { Entity, ForeignKey } from 'typeorm';
import { Flag, Reference } from '../../../platform/database/columns.js';

/** Of people who have changed something; for everyone else both are on. */
@Entity('discovery_settings')
export class DiscoverySetting {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'discovery_settings_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Flag()
  isSuggested!: boolean;

  @Flag()
  usesInterests!: boolean;
}
