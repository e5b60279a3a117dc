import { Injectable } from '@nestjs/common';
import type { ReasonCode } from '@echomate/contracts/refusals';
import { Config } from '../../platform/config/config.js';
import { Refusal } from '../../platform/http/problem.js';
import { Signer } from '../../platform/secrets/secrets.js';
import type { Proof } from './auth.service.js';

/** What a log-in may still wait for, the cookie that remembers it, and for how long. */
export const TICKETS = {
  leaving: { cookie: 'echomate_leaving', minutes: 30 },
  suspended: { cookie: 'echomate_suspended', minutes: 30 },
  secondStep: { cookie: 'echomate_second_step', minutes: 10 },
} as const;
export type TicketKind = keyof typeof TICKETS;

/** Something was proven, but no session starts before its owner has done something else. */
export class Unfinished extends Refusal {
  constructor(
    code: ReasonCode,
    readonly kind: TicketKind,
    readonly proof: Proof,
  ) {
    super(code);
  }
}

/** One factor was proven, and the account asks for another. */
export class SecondFactorNeeded extends Unfinished {
  constructor(proof: Proof) {
    super('second-factor-needed', 'secondStep', proof);
  }
}

/** The account is about to be deleted: its owner is asked whether to keep it. */
export class AccountLeaves extends Unfinished {
  constructor(proof: Proof) {
    super('account-leaving', 'leaving', proof);
  }
}

/** Whoever proves to be its owner is told why, and may ask for another look. */
export class AccountSuspended extends Unfinished {
  constructor(proof: Proof) {
    super('account-suspended', 'suspended', proof);
  }
}

/**
 * A signed cookie remembers for some minutes what this browser has proven about an account, so that it need not be
 * proven again when the log-in goes on. A change of password ends it.
 */
@Injectable()
export class Tickets {
  constructor(private readonly config: Config) {}

  issue(kind: TicketKind, { keepsAccount: _, ...proof }: Proof): string {
    return this.signer(kind).issue(proof, TICKETS[kind].minutes);
  }

  /** What it proves; null if it is not ours, or too old. */
  read(kind: TicketKind, cookie: string | null): Proof | null {
    return this.signer(kind).read(cookie);
  }

  private signer(kind: TicketKind): Signer {
    return new Signer(this.config.sessionSecret, kind);
  }
}
