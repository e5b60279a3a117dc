import { createCipheriv, createDecipheriv, hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { badCursor } from './paging.js';

const CIPHER = 'aes-256-ctr';
const SEAL_BYTES = 16;

/**
 * What a page ends at is an id, and ids tell times: of a like, a follow, a block. On its way through the world a
 * cursor is sealed, so that it tells nothing and nobody can make one. The seal is a MAC of the text and also what
 * the cipher starts from: equal texts give equal cursors, so a page asked for twice is the same twice.
 */
export class Cursors {
  private readonly cipherKey: Buffer;
  private readonly innerKey: Buffer;
  private readonly outerKey: Buffer;

  constructor(secret: string) {
    const keys = Buffer.from(hkdfSync('sha256', secret, '', 'echomate cursors', 64));
    this.cipherKey = keys.subarray(0, 32);
    this.innerKey = padded(keys.subarray(32), 0x36);
    this.outerKey = padded(keys.subarray(32), 0x5c);
  }

  seal(text: string): string {
    const seal = this.sealOf(text);
    const cipher = createCipheriv(CIPHER, this.cipherKey, seal);
    return Buffer.concat([seal, cipher.update(text, 'utf8'), cipher.final()]).toString('base64url');
  }

  open(cursor: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    // Decoding passes over whatever is not base64url: only the spelling that was given out counts.
    if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== cursor) throw badCursor();
    const seal = bytes.subarray(0, SEAL_BYTES);
    const cipher = createDecipheriv(CIPHER, this.cipherKey, seal);
    const text =
      cipher.update(bytes.subarray(SEAL_BYTES), undefined, 'utf8') + cipher.final('utf8');
    if (!timingSafeEqual(this.sealOf(text), seal)) throw badCursor();
    return text;
  }

  /** An answer as it may leave: if it is a page, with its cursor sealed. */
  sealIn<Body extends object>(body: Body): Body {
    return 'nextCursor' in body && typeof body.nextCursor === 'string'
      ? { ...body, nextCursor: this.seal(body.nextCursor) }
      : body;
  }

  /** HMAC-SHA256 by its definition: `createHmac` takes ten times as long for so short a text. */
  private sealOf(text: string): Buffer {
    const inner = hash('sha256', Buffer.concat([this.innerKey, Buffer.from(text)]), 'buffer');
    const outer = hash('sha256', Buffer.concat([this.outerKey, inner]), 'buffer');
    return outer.subarray(0, SEAL_BYTES);
  }
}

const padded = (key: Buffer, pad: number): Buffer =>
  Buffer.alloc(64, pad).map((byte, at) => byte ^ (key[at] ?? 0)) as Buffer;
