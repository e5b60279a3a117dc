import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { Signer } from '../../platform/secrets/secrets.js';
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
 * Until a log-in elsewhere is done, all that is known of it is in a signed cookie of the browser that began it, so that no
 * other browser can go on with it.
 */
@Injectable()
export class OutsideCookies {
  constructor(private readonly config: Config) {}

  issue<Kind extends keyof Kinds>(kind: Kind, value: Kinds[Kind]): string {
    return this.signer(kind).issue(value, OUTSIDE_COOKIES[kind].minutes);
  }

  /** Null if it is not ours, or too old. */
  read<Kind extends keyof Kinds>(kind: Kind, cookie: string | null): Kinds[Kind] | null {
    return this.signer(kind).read(cookie);
  }

  private signer(kind: keyof Kinds): Signer {
    return new Signer(this.config.sessionSecret, `outside ${kind}`);
  }
}
