import { Entity, ForeignKey } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** Somebody who does not want others to see that they are online. */
@Entity('hidden_presences')
export class HiddenPresence {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'hidden_presences_user_fk', onDelete: 'CASCADE' })
  userId!: string;
}
