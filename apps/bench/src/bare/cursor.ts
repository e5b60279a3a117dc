import { createDecipheriv, hkdfSync } from 'node:crypto';

/** Decrypts the api's cursors with the least possible work. */
export function cursorReader(secret: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'echomate cursors', 32));
  return (cursor: string | null): string | null => {
    if (cursor === null) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    const cipher = createDecipheriv(
      'aes-256-ctr',
      key,
      Buffer.concat([bytes.subarray(0, 12), Buffer.alloc(4)]),
    );
    return cipher.update(bytes.subarray(12), undefined, 'utf8') + cipher.final('utf8');
  };
}
