import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/statements.js';

type IsDue = (userId: string, reader: Reader) => Promise<boolean>;

/**
 * Whether logging in takes a second step. The transaction that starts a session asks, so no way to log in can leave it
 * out. Another module knows the answer and registers here; without one, nobody gets in.
 */
@Injectable()
export class SecondStepsService {
  private asked: IsDue | null = null;

  register(isDue: IsDue): void {
    this.asked = isDue;
  }

  isDue(userId: string, reader: Reader): Promise<boolean> {
    if (!this.asked) throw new Error('Nobody knows whether a second step is due');
    return this.asked(userId, reader);
  }
}
