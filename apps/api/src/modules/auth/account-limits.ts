import { Injectable } from '@nestjs/common';
import { currentNetwork, RateLimits } from '../../platform/http/rate-limits.js';

const LOGIN = { perMinutes: 15, perNetwork: 300, perPair: 20, perAccount: 100, perDevice: 30 };
const MAIL = { perMinutes: 60, perNetwork: 60, perPair: 5, perMailbox: 20, perDevice: 5 };

/**
 * Limits on what anyone can do to an account by naming its address. The narrow ones count address and network together,
 * the wide ones each alone, so that strangers cannot use up the owner's tries. A browser that has logged in to the
 * account before has a counter of its own. Addresses without an account are counted too, so that no refusal tells which
 * exist.
 */
@Injectable()
export class AccountLimits {
  constructor(private readonly limits: RateLimits) {}

  /** Counts a try and returns a function that uncounts it, because only failures count. */
  async countLogin(email: string, device: string | null): Promise<() => Promise<void>> {
    const { perMinutes, perNetwork, perPair, perAccount, perDevice } = LOGIN;
    if (device) {
      await this.limits.count('log-in by device', device, perDevice, perMinutes);
      return async () => undefined;
    }
    const network = currentNetwork();
    const pair = `${network} ${email}`;
    await this.limits.count('log-in by network', network, perNetwork, perMinutes);
    await this.limits.count('log-in by pair', pair, perPair, perMinutes);
    await this.limits.count('log-in by account', email, perAccount, perMinutes);
    return async () => {
      await this.limits.uncount('log-in by pair', pair);
      await this.limits.uncount('log-in by account', email);
    };
  }

  /** Whether a mail that anyone can request may be sent. Nobody is told when a mailbox has reached its limit. */
  async mayMail(email: string, device: string | null = null): Promise<boolean> {
    const { perMinutes, perNetwork, perPair, perDevice } = MAIL;
    if (device) {
      await this.limits.count('mail by device', device, perDevice, perMinutes);
      return true;
    }
    const network = currentNetwork();
    await this.limits.count('mail by network', network, perNetwork, perMinutes);
    await this.limits.count('mail by pair', `${network} ${email}`, perPair, perMinutes);
    return this.hasRoom(email);
  }

  /** Whether a mailbox may get one more of the mails that people can cause. */
  hasRoom(email: string): Promise<boolean> {
    return this.limits.isWithin('mail by mailbox', email, MAIL.perMailbox, MAIL.perMinutes);
  }
}
