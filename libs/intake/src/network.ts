import ipaddr from 'ipaddr.js';

const MAX_KNOWN = 10_000;
const known = new Map<string, string>();

/** The network that a limit applies to: an IPv4 address, or a household of IPv6 addresses. */
export function networkOf(address = ''): string {
  const found = known.get(address);
  if (found !== undefined) return found;
  const network = read(address);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(address, network);
  return network;
}

function read(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6'
    ? (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':')
    : parsed.toString();
}
