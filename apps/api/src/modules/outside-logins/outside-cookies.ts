import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import type { OutsideIdentity } from '../auth/auth.domain-events.js';

/** A log-in that this browser began, and that the provider will send it back from. */
export interface Begun {
  provider: string;
  state: string;
  nonce: string;
  verifier: string;
  /** Where the browser goes on afterwards */
  next: string | null;
  invitation: string | null;
  /** Set where somebody signed in connects it to their account */
  sessionId: string | null;
}

/** Whom the provider has named; what is still missing is asked on a page. */
export interface Named extends Pick<Begun, 'next' | 'invitation' | 'sessionId'> {
  provider: string;
  identity: OutsideIdentity;
  /** Confirmed by the provider */
  email: string | null;
  firstName: string;
  lastName: string;
  /** Whose password is asked for; null where there is no account yet */
  userId: string | null;
}

interface Kinds {
  begun: Begun;
  named: Named;
}

/** The second lasts as long as a form takes. */
export const OUTSIDE_COOKIES = {
  begun: { name: 'echomate_outside', minutes: 10 },
  named: { name: 'echomate_outside_named', minutes: 30 },
} as const satisfies Record<keyof Kinds, object>;

export const daysOf = (kind: keyof Kinds) => OUTSIDE_COOKIES[kind].minutes / (24 * 60);

/**
 * What the server knows of a log-in elsewhere until it is done is in the browser that began it, signed, so that no other
 * browser can go on with it. It is `value.until.signature`, each kind with a key of its own.
 */
@Injectable()
export class OutsideCookies {
  constructor(private readonly config: Config) {}

  issue<Kind extends keyof Kinds>(kind: Kind, value: Kinds[Kind]): string {
    const until = Date.now() + OUTSIDE_COOKIES[kind].minutes * 60_000;
    const text = `${Buffer.from(JSON.stringify(value)).toString('base64url')}.${until}`;
    return `${text}.${this.sign(kind, text)}`;
  }

  /** Null if it is not ours, or too old. */
  read<Kind extends keyof Kinds>(kind: Kind, cookie: string | null): Kinds[Kind] | null {
    const [value = '', until = '', signature = ''] = cookie?.split('.') ?? [];
    const right = Buffer.from(this.sign(kind, `${value}.${until}`));
    const given = Buffer.from(signature);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return Number(until) > Date.now()
      ? (JSON.parse(Buffer.from(value, 'base64url').toString()) as Kinds[Kind])
      : null;
  }

  private sign(kind: keyof Kinds, text: string): string {
    const { sessionSecret } = this.config;
    const key = createHmac('sha256', sessionSecret).update(`echomate outside ${kind}`).digest();
    return createHmac('sha256', key).update(text).digest('base64url');
  }
}
