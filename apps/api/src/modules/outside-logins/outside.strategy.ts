import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import * as client from 'openid-client';
import passport from 'passport';
import { refuse } from '../../platform/http/problem.js';
import type { OutsideIdentity } from '../auth/auth.domain-events.js';
import type { Begun } from './outside-cookies.js';
import { isAway } from './provider-fetch.js';

/** Whom a provider names. */
export interface Outsider {
  identity: OutsideIdentity;
  /** Only if the provider has confirmed it */
  email: string | null;
  firstName: string;
  lastName: string;
}

/** The browser is back: what the provider added to the address, and what was begun. */
export interface Return {
  query: URLSearchParams;
  begun: Begun;
}

/** Longer than any provider's; one that is cut could be another's. */
const MAX_SUBJECT = 255;

/** Logs in by asking another site. The request's body is the `Return`. */
export abstract class OutsideStrategy extends passport.Strategy {
  private readonly logger = new Logger('OutsideLogins');

  constructor(
    override readonly name: string,
    readonly label: string,
    /** Of which site an identity is */
    readonly issuer: string,
    /** Where the provider sends the browser back to */
    protected readonly callback: URL,
  ) {
    super();
  }

  /** Where the browser goes to. */
  async begin({ state, nonce, verifier }: Begun): Promise<URL> {
    try {
      return client.buildAuthorizationUrl(await this.configuration(), {
        redirect_uri: this.callback.href,
        state,
        ...this.asked(nonce),
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    } catch (error) {
      this.logger.warn({ err: error, provider: this.name }, 'A provider cannot be asked');
      throw refuse('outside-away', { label: this.label });
    }
  }

  override authenticate(request: Request): void {
    this.outsiderOf(request.body as Return).then(
      (outsider) => this.success(outsider),
      (error: unknown) => this.error(error),
    );
  }

  protected abstract configuration(): Promise<client.Configuration>;
  protected abstract asked(nonce: string): Record<string, string>;
  /** Exchanges the code, and reads who it is. */
  protected abstract identify(
    configuration: client.Configuration,
    address: URL,
    begun: Begun,
  ): Promise<Outsider>;

  private async outsiderOf({ query, begun }: Return): Promise<Outsider> {
    const address = new URL(this.callback);
    address.search = query.toString();
    try {
      const outsider = await this.identify(await this.configuration(), address, begun);
      if (outsider.identity.subject.length > MAX_SUBJECT)
        throw new Error('The subject is too long');
      return outsider;
    } catch (error) {
      const { label } = this;
      if (error instanceof client.AuthorizationResponseError && error.error === 'access_denied')
        throw refuse('outside-cancelled', { label });
      this.logger.warn({ err: error, provider: this.name }, 'The answer of a provider was refused');
      throw isAway(error)
        ? refuse('outside-away', { label })
        : refuse('outside-untrusted', { label });
    }
  }
}

const NAME_LENGTH = 60;

export const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** To fill in a form with: only the person knows where their first name ends. */
export const namesIn = (first: unknown, last: unknown, whole: unknown) => {
  const [given = '', ...rest] = textIn(whole).split(/\s+/);
  return {
    firstName: (textIn(first) || given).slice(0, NAME_LENGTH),
    lastName: (textIn(last) || (textIn(first) ? '' : rest.join(' '))).slice(0, NAME_LENGTH),
  };
};
