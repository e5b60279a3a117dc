import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { newSecret, Signer } from '../../platform/secrets/secrets.js';

export const DEVICE_COOKIE = { name: 'echomate_device', days: 400 };

/** How many accounts one browser remembers; families share browsers. */
const MOST_ACCOUNTS = 5;

/**
 * A signed cookie identifies browsers that have logged in to an account before, so that the tries of strangers do not
 * count against them. It grants no access: the password is still needed. Each entry is `account.device.signature`.
 */
@Injectable()
export class Devices {
  private readonly signer: Signer;

  constructor(config: Config) {
    this.signer = new Signer(config.sessionSecret, 'device');
  }

  /** The id of this browser, if it has logged in to the account before. */
  known(cookie: string | null, userId: string): string | null {
    for (const entry of entriesOf(cookie)) {
      const [account = '', device = '', signature = ''] = entry.split('.');
      if (account === userId && this.signer.isSigned(`${account}.${device}`, signature))
        return device;
    }
    return null;
  }

  /** The cookie for a browser that has just logged in. */
  remember(cookie: string | null, userId: string): string {
    const device = this.known(cookie, userId) ?? newSecret(12);
    const others = entriesOf(cookie).filter((entry) => !entry.startsWith(`${userId}.`));
    const own = `${userId}.${device}.${this.signer.sign(`${userId}.${device}`)}`;
    return [own, ...others].slice(0, MOST_ACCOUNTS).join('~');
  }
}

const entriesOf = (cookie: string | null) => cookie?.split('~').slice(0, MOST_ACCOUNTS) ?? [];
