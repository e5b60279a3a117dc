import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** For links, cookies and tokens. Only its hash is stored. */
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** Without a salt: what is hashed is long and random. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'base64url');

/** Compares in a time that doesn't tell how far they are equal. */
export function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Signs texts for one use, with a key of its own that is derived from the session secret. */
export class Signer {
  private readonly key: Buffer;

  constructor(sessionSecret: string, use: string) {
    this.key = createHmac('sha256', sessionSecret).update(`echomate ${use}`).digest();
  }

  sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }

  isSigned(text: string, signature: string): boolean {
    return isSame(signature, this.sign(text));
  }

  /** A value that a browser keeps for some minutes and can't change: `value.until.signature`. */
  issue(value: object, minutes: number): string {
    const encoded = Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${encoded}.${Date.now() + minutes * 60_000}`;
    return `${text}.${this.sign(text)}`;
  }

  /** The value that was issued; null if it was changed, or has expired. */
  read<Value>(issued: string | null): Value | null {
    const [encoded = '', until = '', signature = ''] = issued?.split('.') ?? [];
    if (!this.isSigned(`${encoded}.${until}`, signature) || Number(until) <= Date.now())
      return null;
    return JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Value;
  }
}
