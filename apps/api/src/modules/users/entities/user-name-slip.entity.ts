import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Word } from '../../../platform/database/columns.js';

/** A word of a person's names with one character left out: the index for names that are typed wrongly. */
@Entity('user_name_slips')
@Index('user_name_slips_of_user', ['userId'])
export class UserNameSlip {
  @Word({ primary: true })
  word!: string;

  @Reference({ primary: true })
  @ForeignKey('User', { name: 'user_name_slips_user_fk', onDelete: 'CASCADE' })
  userId!: string;
}
