import type { InactiveReason } from '@echomate/contracts/users.dto';
import { Entity, ForeignKey } from 'typeorm';
import { Reference, Text, Time } from '../../../platform/database/columns.js';

/** A reason why a person is hidden from everyone. An account with two reasons stays hidden until both are removed. */
@Entity('inactive_accounts', { withoutRowid: true })
export class InactiveAccount {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'inactive_accounts_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text({ primary: true })
  reason!: InactiveReason;

  @Time()
  since!: string;
}
