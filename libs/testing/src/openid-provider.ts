// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- projects that import this need it as well
/// <reference path="./oidc-provider.d.ts" />
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** What the provider knows of somebody, by the name they log in with there. */
export interface ProvidersPerson {
  email?: string;
  email_verified?: boolean | string;
  given_name?: string;
  family_name?: string;
  name?: string;
}

export const OPENID_CLIENT = { clientId: 'echomate', clientSecret: 'a secret between the two' };

const LASTING = ['Interaction', 'Session', 'Grant', 'AccessToken', 'IdToken', 'AuthorizationCode'];

/** Without its warnings that it keeps everything in memory and believes everyone: it is here for that. */
function quietly(issuer: string, configuration: object): Provider {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return new Provider(issuer, configuration);
  } finally {
    console.warn = warn;
  }
}

/** A real OpenID Connect provider on this machine, which believes everyone who types a name. */
export async function openidProvider(
  callback: string,
  people: Record<string, ProvidersPerson>,
  port = 0,
) {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = quietly(issuer, {
    clients: [
      {
        client_id: OPENID_CLIENT.clientId,
        client_secret: OPENID_CLIENT.clientSecret,
        redirect_uris: [callback],
      },
    ],
    findAccount: (_: unknown, id: string) =>
      people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['given_name', 'family_name', 'name'],
    },
    pkce: { required: () => true },
    cookies: { keys: ['of the provider'] },
    ttl: Object.fromEntries(LASTING.map((what) => [what, 600])),
    features: { devInteractions: { enabled: true } },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A browser at the provider: logs in there, agrees, and returns where it is sent back to. */
export async function logInAtProvider(begin: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const visit = async (url: URL, form?: Record<string, string>) => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value) cookies.set(name!, value);
      else cookies.delete(name!);
    }
    return answer;
  };
  let url = new URL(begin);
  const { origin } = url;
  let answer = await visit(url);
  for (let steps = 0; steps < 15; steps += 1) {
    const location = answer.headers.get('location');
    const page = await answer.text();
    if (location) {
      url = new URL(location, url);
      if (url.origin !== origin) return url;
      answer = await visit(url);
    } else {
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (!action) throw new Error(`The provider says: ${page.slice(0, 500)}`);
      const asksWho = page.includes('name="login"');
      answer = await visit(
        new URL(action, url),
        asksWho ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' },
      );
    }
  }
  throw new Error('The provider sends its visitor in circles');
}
