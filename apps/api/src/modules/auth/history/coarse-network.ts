import { networkOf } from '@echomate/intake/network';

/** The beginning of a network address, as a person may compare it: `203.0.113.x` or `2001:db8:1::`. */
export function coarseNetwork(address: string | undefined): string | null {
  const network = networkOf(address);
  if (network === 'unknown') return null;
  if (network.includes('.')) return network.replace(/\d+$/, 'x');
  const parts = network.split(':').slice(0, 3);
  return `${parts.map((part) => Number(part).toString(16)).join(':')}::`;
}
