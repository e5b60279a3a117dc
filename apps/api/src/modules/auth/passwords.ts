import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import bcrypt from 'bcrypt';
import { Config } from '../../platform/config/config.js';
import { BoundedWork } from '../../platform/http/bounded-work.js';
import { invalidField } from '../../platform/http/problem.js';
import { isWellKnown, type Names } from './well-known-passwords.js';

/** Marks a hash of the digest; older hashes are of the password itself. */
const DIGESTED = 'sha384:';
/** How many bytes of a text bcrypt reads. */
const BCRYPT_BYTES = 72;

/**
 * bcrypt reads 72 bytes and stops at a zero byte; a digest fits, whatever the length of the password. NFC, because
 * keyboards may encode the same letters differently.
 */
const digestOf = (password: string): string => {
  // Longer than any password that can be set: skips the normalization, and matches nothing.
  const text =
    password.length > 2 * LIMITS.password.maxLength ? password : password.normalize('NFC');
  return hash('sha384', text, 'base64');
};

/**
 * bcrypt runs on libuv's threads, so it does not block the event loop; but it could occupy every core. One core is left
 * for everything else.
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

  /** Takes the same time with and without a hash. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const isDigested = hash?.startsWith(DIGESTED) ?? true;
    const against = hash?.slice(isDigested ? DIGESTED.length : 0) ?? (await this.nobodysHash);
    const text = isDigested ? digestOf(password) : password;
    const isSame = await this.work.run(() => bcrypt.compare(text, against));
    // Longer passwords would match an older hash by their first 72 bytes alone.
    return isSame && hash !== null && (isDigested || Buffer.byteLength(text) <= BCRYPT_BYTES);
  }

  /** Whether the hash was made by the old method. */
  isOutdated(hash: string): boolean {
    return !hash.startsWith(DIGESTED);
  }

  /** Refuses passwords that attackers try first. */
  assertUncommon(field: string, password: string, names: Names): void {
    if (isWellKnown(password, names)) {
      throw invalidField(field, 'common-password');
    }
  }
}
