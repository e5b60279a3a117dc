import { createHmac, timingSafeEqual } from 'node:crypto';

const macOf = (secret: string, userId: string) =>
  createHmac('sha256', secret).update(`end the daily email of ${userId}`).digest();

/** Lets whoever has the email end it without logging in, and nothing else. It doesn't expire, as emails are kept. */
export const digestToken = (secret: string, userId: string): string =>
  Buffer.concat([Buffer.from(userId.replaceAll('-', ''), 'hex'), macOf(secret, userId)]).toString(
    'base64url',
  );

/** Whose email the token ends; null if it isn't ours. */
export function personOfDigestToken(secret: string, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 48) return null;
  const userId = bytes
    .toString('hex', 0, 16)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return timingSafeEqual(bytes.subarray(16), macOf(secret, userId)) ? userId : null;
}
