import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import bcrypt from 'bcrypt';
import { Config } from '../../platform/config/config.js';
import { BoundedWork } from '../../platform/http/bounded-work.js';
import { invalidField } from '../../platform/http/problem.js';
import { isWellKnown, type Names } from './well-known-passwords.js';

/** Tells a hash of the digest from an older one, of the text itself. */
const DIGESTED = 'sha384:';
/** What bcrypt reads of a text. */
const BCRYPT_BYTES = 72;

/**
 * bcrypt reads 72 bytes and stops at a zero byte; a digest of the text fits, whatever its length. The
 * same letters typed on another keyboard may be composed of other characters: NFC makes them one.
 */
const digestOf = (password: string): string => {
  // Longer than any that can be set: not worth the work of composing, and it matches nothing.
  const text =
    password.length > 2 * LIMITS.password.maxLength ? password : password.normalize('NFC');
  return hash('sha384', text, 'base64');
};

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

  async hash(password: string): Promise<string> {
    return DIGESTED + (await this.work.run(() => bcrypt.hash(digestOf(password), this.cost)));
  }

  /** Takes the same time whether or not there is a hash to compare with. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const isDigested = hash?.startsWith(DIGESTED) ?? true;
    const against = hash?.slice(isDigested ? DIGESTED.length : 0) ?? (await this.nobodysHash);
    const text = isDigested ? digestOf(password) : password;
    const isSame = await this.work.run(() => bcrypt.compare(text, against));
    // What is longer could match an undigested one by its beginning alone.
    return isSame && hash !== null && (isDigested || Buffer.byteLength(text) <= BCRYPT_BYTES);
  }

  /** Whether the hash was made in a way that is no longer used. */
  isOutdated(hash: string): boolean {
    return !hash.startsWith(DIGESTED);
  }

  /** Refuses what is tried first by whoever guesses. */
  assertUncommon(field: string, password: string, names: Names): void {
    if (isWellKnown(password, names)) {
      throw invalidField(
        field,
        'This password is one of the first that anyone would try. Choose another.',
      );
    }
  }
}
