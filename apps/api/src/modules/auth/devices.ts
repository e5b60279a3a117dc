import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';

export const DEVICE_COOKIE = { name: 'echomate_device', days: 400 };

/** How many accounts one browser remembers; families share browsers. */
const MOST_ACCOUNTS = 5;

/**
 * A signed cookie identifies browsers that have logged in to an account before, so that the tries of strangers do not
 * count against them. It grants no access: the password is still needed. Each entry is `account.device.signature`.
 */
@Injectable()
export class Devices {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = createHmac('sha256', config.sessionSecret).update('echomate device').digest();
  }

  /** The id of this browser, if it has logged in to the account before. */
  known(cookie: string | null, userId: string): string | null {
    for (const entry of entriesOf(cookie)) {
      const [account = '', device = '', signature = ''] = entry.split('.');
      if (account === userId && this.isOurs(account, device, signature)) return device;
    }
    return null;
  }

  /** The cookie for a browser that has just logged in. */
  remember(cookie: string | null, userId: string): string {
    const device = this.known(cookie, userId) ?? randomBytes(12).toString('base64url');
    const others = entriesOf(cookie).filter((entry) => !entry.startsWith(`${userId}.`));
    const own = `${userId}.${device}.${this.sign(userId, device)}`;
    return [own, ...others].slice(0, MOST_ACCOUNTS).join('~');
  }

  private sign(userId: string, device: string): string {
    return createHmac('sha256', this.key).update(`${userId}.${device}`).digest('base64url');
  }

  private isOurs(userId: string, device: string, signature: string): boolean {
    const [given, right] = [signature, this.sign(userId, device)].map((text) => Buffer.from(text));
    return given!.length === right!.length && timingSafeEqual(given!, right!);
  }
}

const entriesOf = (cookie: string | null) => cookie?.split('~').slice(0, MOST_ACCOUNTS) ?? [];
