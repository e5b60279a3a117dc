import { timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** Clocks of phones may be so many steps off. */
const DRIFT = 1;
const SECRET_BYTES = 20;

const maker = (secret: string, label?: { issuer: string; label: string }) =>
  new TOTP({ ...label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });

export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What the QR code holds. */
export const uriOf = (secret: string, issuer: string, account: string): string =>
  maker(secret, { issuer, label: account }).toString();

/** The time step whose code this is; null if it is of none that is near enough. */
export function stepOf(secret: string, code: string, now = Date.now()): number | null {
  const totp = maker(secret);
  const current = Math.floor(now / 1000 / PERIOD_SECONDS);
  const given = Buffer.from(code);
  let found: number | null = null;
  // All are compared, so that the time does not tell which one it was.
  for (let step = current - DRIFT; step <= current + DRIFT; step++) {
    const right = Buffer.from(totp.generate({ timestamp: step * PERIOD_SECONDS * 1000 }));
    if (given.length === right.length && timingSafeEqual(given, right)) found = step;
  }
  return found;
}
