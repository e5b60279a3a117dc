import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { dictionary } from '@zxcvbn-ts/language-common';
import bcrypt from 'bcrypt';
import { Config } from '../../platform/config/config.js';
import { BoundedWork } from '../../platform/http/bounded-work.js';
import { invalidField } from '../../platform/http/problem.js';

const COMMON = new Set(dictionary['passwords-common'] as string[]);

/**
 * bcrypt runs on libuv's threads, so it never blocks the event loop; but it would take every core from
 * it. One core is left to those who only read.
 */
@Injectable()
export class Passwords {
  private readonly work = new BoundedWork(Math.max(1, availableParallelism() - 1), 50);
  private readonly cost: number;
  private readonly nobodysHash: Promise<string>;

  constructor(config: Config) {
    this.cost = config.passwordHashCost;
    this.nobodysHash = bcrypt.hash('nobody has this password', this.cost);
  }

  hash(password: string): Promise<string> {
    return this.work.run(() => bcrypt.hash(password, this.cost));
  }

  /** Takes the same time whether or not there is a hash to compare with. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const against = hash ?? (await this.nobodysHash);
    const isSame = await this.work.run(() => bcrypt.compare(password, against));
    // bcrypt reads 72 bytes: what is longer could match by its beginning alone.
    return isSame && hash !== null && Buffer.byteLength(password) <= LIMITS.password.maxBytes;
  }

  /** Refuses what is tried first by whoever guesses. */
  assertUncommon(field: string, password: string, email?: string): void {
    const lower = password.toLowerCase();
    if (COMMON.has(lower) || lower === email) {
      throw invalidField(
        field,
        'This password is one of the first that anyone would try. Choose another.',
      );
    }
  }
}
