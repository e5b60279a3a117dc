import { Entity, ForeignKey } from 'typeorm';
import { Big, Id, Text, Time } from '../../../platform/database/columns.js';

/** The account asks for a second step at log-in. */
@Entity('two_step_logins')
export class TwoStepLogin {
  @Id()
  @ForeignKey('User', { name: 'two_step_logins_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** Of the app that makes codes, encrypted; null where passkeys are the second step */
  @Text({ nullable: true })
  appSecret!: string | null;

  /** The newest time step of which a code was used: older codes are not accepted, even of another app */
  @Big()
  lastStep!: number;

  @Time()
  since!: string;
}
