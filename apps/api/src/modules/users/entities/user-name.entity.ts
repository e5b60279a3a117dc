import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Word } from '../../../platform/database/columns.js';

/** The beginning of a word of a person's names: the index for finding people. */
@Entity('user_names')
@Index('user_names_of_user', ['userId'])
export class UserName {
  @Word({ primary: true })
  word!: string;

  @Reference({ primary: true })
  @ForeignKey('User', { name: 'user_names_user_fk', onDelete: 'CASCADE' })
  userId!: string;
}
