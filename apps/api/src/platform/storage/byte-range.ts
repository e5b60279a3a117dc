import type { ByteRange } from './file-storage.js';

const ONE_RANGE = /^bytes=\s*(?:(\d+)-(\d*)|-(\d+))\s*$/i;

/**
 * What a `Range` header asks for of a file (RFC 9110, 14.1.2). `null`: send it all, because nothing, several
 * ranges or nonsense was asked for; the standard lets a server ignore those.
 */
export function byteRangeOf(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const [, from, to, suffix] = ONE_RANGE.exec(header ?? '') ?? [];
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  if (from === undefined) return null;
  const first = Number(from);
  const last = to ? Number(to) : Infinity;
  if (last < first) return null;
  return first >= size ? 'unsatisfiable' : { first, last: Math.min(last, size - 1) };
}
