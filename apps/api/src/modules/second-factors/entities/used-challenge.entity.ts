import { Entity, Index } from 'typeorm';
import { Text, Time } from '../../../platform/database/columns.js';

/** A challenge that a passkey has answered: it is not accepted again before it expires. */
@Entity('used_challenges')
@Index('used_challenges_by_end', ['expiresAt'])
export class UsedChallenge {
  @Text({ primary: true })
  challenge!: string;

  @Time()
  expiresAt!: string;
}
