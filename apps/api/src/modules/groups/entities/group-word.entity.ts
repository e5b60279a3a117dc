import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Word } from '../../../platform/database/columns.js';

/** The beginning of a word of a group's title or description: the index for finding groups. */
@Entity('group_words')
@Index('group_words_of_group', ['groupId'])
export class GroupWord {
  @Word({ primary: true })
  word!: string;

  @Reference({ primary: true })
  @ForeignKey('Group', { name: 'group_words_group_fk', onDelete: 'CASCADE' })
  groupId!: string;
}
