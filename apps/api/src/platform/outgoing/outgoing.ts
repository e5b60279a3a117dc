import { lookup, type LookupAddress } from 'node:dns';
import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';

const TIMEOUT_MS = 10_000;

const listOf = (family: 'ipv4' | 'ipv6', ranges: string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network, prefix] = range.split('/') as [string, string];
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
};

/**
 * Addresses of the machine itself, of its network, and of nobody. Two lists, as one would also compare IPv4 addresses
 * with the ranges of IPv6.
 */
const PRIVATE_4 = listOf('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]);
/** All but 2000::/3; and what is inside it, but leads to an IPv4 address or nowhere. */
const PRIVATE_6 = listOf('ipv6', [
  ...['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
]);

export const isPublicAddress = (address: string): boolean =>
  isIP(address) === 6 ? !PRIVATE_6.check(address, 'ipv6') : !PRIVATE_4.check(address);

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '');

/** Thrown for an address that must not be asked, now or later. */
export class AddressRefused extends Error {}

/** Connects only to public addresses, whatever a name leads to at that moment. */
export const publicOnly: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, '');
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (!first) return done(new AddressRefused(`${hostname} leads to a private address`), '');
    if (options.all) done(null, allowed);
    else done(null, first.address, first.family);
  });
};

/** Requests to addresses that came from people: they never reach the machine itself or its network. */
@Injectable()
export class Outgoing {
  private readonly reachesAll: boolean;

  constructor(config: Config) {
    this.reachesAll = config.reachesPrivateAddresses;
  }

  /** Whether an address may be kept. Where its name leads is checked whenever it is asked. */
  mayAsk(text: string): boolean {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    if (url.username || url.password) return false;
    if (this.reachesAll) return ['http:', 'https:'].includes(url.protocol);
    const host = hostOf(url);
    const isPublic = isIP(host) ? isPublicAddress(host) : host.includes('.');
    return url.protocol === 'https:' && url.port === '' && isPublic;
  }

  /** Sends, and returns the status of the answer, of which nothing else is read. Redirects are not followed. */
  async post(address: string, headers: Record<string, string>, body: Buffer): Promise<number> {
    if (!this.mayAsk(address)) throw new AddressRefused('This address must not be asked');
    const url = new URL(address);
    const begin = url.protocol === 'https:' ? requestByHttps : requestByHttp;
    return new Promise((resolve, reject) => {
      const request = begin(url, {
        method: 'POST',
        headers,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(!this.reachesAll && { lookup: publicOnly }),
      });
      request.on('error', reject);
      request.on('response', (response) => {
        response.on('error', () => undefined);
        response.destroy();
        resolve(response.statusCode!);
      });
      request.end(body);
    });
  }
}
