import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ReasonCode } from '@echomate/contracts/refusals';
import { Config } from '../../platform/config/config.js';
import { Refusal } from '../../platform/http/problem.js';
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
 * proven again when the log-in goes on. A change of password ends it. It is `proof.until.signature`, each kind with a key
 * of its own.
 */
@Injectable()
export class Tickets {
  constructor(private readonly config: Config) {}

  issue(kind: TicketKind, { keepsAccount: _, ...proven }: Proof): string {
    const until = Date.now() + TICKETS[kind].minutes * 60_000;
    const proof = Buffer.from(JSON.stringify(proven)).toString('base64url');
    const ticket = `${proof}.${until}`;
    return `${ticket}.${this.sign(kind, ticket)}`;
  }

  /** What it proves; null if it is not ours, or too old. */
  read(kind: TicketKind, cookie: string | null): Proof | null {
    const [proof = '', until = '', signature = ''] = cookie?.split('.') ?? [];
    const right = Buffer.from(this.sign(kind, `${proof}.${until}`));
    const given = Buffer.from(signature);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return Number(until) > Date.now()
      ? (JSON.parse(Buffer.from(proof, 'base64url').toString()) as Proof)
      : null;
  }

  private sign(kind: TicketKind, ticket: string): string {
    const key = createHmac('sha256', this.config.sessionSecret).update(`echomate ${kind}`).digest();
    return createHmac('sha256', key).update(ticket).digest('base64url');
  }
}
