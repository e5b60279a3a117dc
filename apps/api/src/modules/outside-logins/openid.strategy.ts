import { addressIn } from '@echomate/contracts/fields';
import * as client from 'openid-client';
import type { OpenidProvider } from '../../platform/config/openid-providers.js';
import type { Begun } from './outside-cookies.js';
import { namesIn, OutsideStrategy, type Outsider } from './outside.strategy.js';
import { providerFetch } from './provider-fetch.js';

/** Providers change their addresses and keys rarely, and keep the old ones for a while. */
const KNOWN_MS = 3600_000;

/**
 * Logs in by OpenID Connect, with any provider. `openid-client` checks state, nonce, PKCE, issuer, audience, times and
 * the signature of what the provider says.
 */
export class OpenidStrategy extends OutsideStrategy {
  private known: { configuration: client.Configuration; until: number } | null = null;
  private asking: Promise<client.Configuration> | null = null;

  constructor(
    private readonly provider: OpenidProvider,
    callback: URL,
  ) {
    super(provider.name, provider.label, provider.issuer, callback);
  }

  /** Asked for when somebody logs in: a provider that is away keeps nothing from starting. */
  protected async configuration(): Promise<client.Configuration> {
    if (this.known && this.known.until > Date.now()) return this.known.configuration;
    // However many people wait for it, it is asked once.
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  private async ask(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.provider;
    const url = new URL(issuer);
    const configuration = await client.discovery(url, clientId, clientSecret, undefined, {
      [client.customFetch]: providerFetch,
      execute: [
        // Otherwise a token from the token endpoint is trusted because of https alone.
        client.enableNonRepudiationChecks,
        // Settings allow it only for the machine itself.
        ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    });
    this.known = { configuration, until: Date.now() + KNOWN_MS };
    return configuration;
  }

  protected asked(nonce: string) {
    return { scope: 'openid email profile', nonce };
  }

  protected async identify(
    configuration: client.Configuration,
    address: URL,
    { state, nonce, verifier }: Begun,
  ): Promise<Outsider> {
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const token = tokens.claims()!;
    // Some providers say in the token only who it is.
    const claims =
      token['email'] === undefined && configuration.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(configuration, tokens.access_token, token.sub)
        : token;
    // Some send the word.
    const isConfirmed = claims['email_verified'] === true || claims['email_verified'] === 'true';
    return {
      identity: { issuer: this.issuer, subject: token.sub },
      email: isConfirmed ? addressIn(claims['email']) : null,
      ...namesIn(claims['given_name'], claims['family_name'], claims['name']),
    };
  }
}
