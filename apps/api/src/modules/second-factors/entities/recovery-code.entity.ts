import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text } from '../../../platform/database/columns.js';

/** A code that logs in once instead of a code of the app. Only its keyed hash is stored; using it deletes the row. */
@Entity('recovery_codes')
@Index('recovery_codes_of_user', ['userId', 'codeHash'], { unique: true })
export class RecoveryCode {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'recovery_codes_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  codeHash!: string;
}
