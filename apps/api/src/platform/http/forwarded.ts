import type { IncomingMessage } from 'node:http';
import type { Connections } from '@echomate/intake/connections';
import proxyAddr from 'proxy-addr';
import type { Config } from '../config/config.js';
import { isSame } from '../secrets/secrets.js';

const FORWARDED = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-forwarded-port',
  'forwarded',
  'x-real-ip',
];

/**
 * Any client can send headers that claim another address. They are accepted only from the web server, which proves
 * itself with the shared secret, and from proxies the operator trusts; otherwise they are dropped first of all.
 */
export function forwardedHeaders(config: Config, connections: Connections) {
  const isTrusted = proxyAddr.compile(config.trustedProxies);
  return (request: IncomingMessage): void => {
    const proof = request.headers['x-echomate-proxy'];
    delete request.headers['x-echomate-proxy'];
    const proven =
      config.proxySecret !== null && typeof proof === 'string' && isSame(proof, config.proxySecret);
    if (proven) connections.trust(request.socket);
    else if (!isTrusted(request.socket.remoteAddress ?? '', 0)) {
      for (const header of FORWARDED) Reflect.deleteProperty(request.headers, header);
    }
  };
}

/** For Express: the direct peer was checked above; addresses behind it are checked against the list. */
export function trustProxy(config: Config) {
  const isTrusted = proxyAddr.compile(config.trustedProxies);
  return (address: string, index: number) => index === 0 || isTrusted(address, index);
}
