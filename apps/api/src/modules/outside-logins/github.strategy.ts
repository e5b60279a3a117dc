import { addressIn } from '@echomate/contracts/fields';
import * as client from 'openid-client';
import type { Github } from '../../platform/config/config.js';
import type { Begun } from './outside-cookies.js';
import { namesIn, OutsideStrategy, type Outsider } from './outside.strategy.js';
import { providerFetch } from './provider-fetch.js';

const HEADERS = new Headers({ accept: 'application/vnd.github+json' });

/** Logs in with GitHub, which speaks OAuth and says who somebody is by its API. */
export class GithubStrategy extends OutsideStrategy {
  private readonly client: client.Configuration;

  constructor(
    private readonly github: Github,
    callback: URL,
  ) {
    super('github', 'GitHub', github.url.origin, callback);
    const { url, clientId, clientSecret } = github;
    this.client = new client.Configuration(
      {
        issuer: url.origin,
        authorization_endpoint: below(url, '/login/oauth/authorize').href,
        token_endpoint: below(url, '/login/oauth/access_token').href,
      },
      clientId,
      clientSecret,
      client.ClientSecretPost(clientSecret),
    );
    this.client[client.customFetch] = providerFetch;
    // Settings allow it only for the machine itself.
    if (url.protocol === 'http:') client.allowInsecureRequests(this.client);
  }

  protected configuration(): Promise<client.Configuration> {
    return Promise.resolve(this.client);
  }

  protected asked() {
    return { scope: 'read:user user:email' };
  }

  protected async identify(
    configuration: client.Configuration,
    address: URL,
    { state, verifier }: Begun,
  ): Promise<Outsider> {
    const { access_token: token } = await client.authorizationCodeGrant(configuration, address, {
      expectedState: state,
      pkceCodeVerifier: verifier,
    });
    const person = (await this.read(token, '/user')) as { id?: unknown; name?: unknown };
    if (!Number.isSafeInteger(person.id)) throw new Error('GitHub did not say who it is');
    return {
      // The name somebody has there may be another's tomorrow; the number stays theirs.
      identity: { issuer: this.issuer, subject: String(person.id) },
      email: primaryIn(await this.read(token, '/user/emails')),
      ...namesIn('', '', person.name),
    };
  }

  private async read(token: string, path: string): Promise<object> {
    const url = below(this.github.apiUrl, path);
    const answer = await client.fetchProtectedResource(
      this.client,
      token,
      url,
      'GET',
      undefined,
      HEADERS,
    );
    const value: unknown = answer.status === 200 ? await answer.json() : null;
    if (typeof value !== 'object' || value === null)
      throw new Error(`GitHub answered ${answer.status} for ${path}`);
    return value;
  }
}

const below = (base: URL, path: string) => new URL(base.href.replace(/\/$/, '') + path);

function primaryIn(emails: object): string | null {
  if (!Array.isArray(emails)) return null;
  const entries = emails as ({ email?: unknown; primary?: unknown; verified?: unknown } | null)[];
  const primary = entries.find((entry) => entry?.primary === true && entry.verified === true);
  return addressIn(primary?.email);
}
