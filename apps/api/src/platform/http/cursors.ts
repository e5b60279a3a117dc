import { createCipheriv, hash, hkdfSync, timingSafeEqual, type Cipheriv } from 'node:crypto';
import { badCursor } from './paging.js';

const BLOCK_BYTES = 16;
const SEAL_BYTES = 12;

/**
 * A cursor holds the id at which a page ends, and ids reveal times: of a like, a follow, a block. So clients get it
 * encrypted and authenticated. The MAC of the text is also the cipher's initial counter: equal texts give equal
 * cursors, so the same page asked for twice has the same cursor.
 */
export class Cursors {
  private readonly cipher: Cipheriv;
  private readonly innerKey: Buffer;
  private readonly outerKey: Buffer;

  constructor(secret: string) {
    const keys = Buffer.from(hkdfSync('sha256', secret, '', 'echomate cursors', 64));
    this.cipher = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null);
    this.innerKey = padded(keys.subarray(32), 0x36);
    this.outerKey = padded(keys.subarray(32), 0x5c);
  }

  seal(text: string): string {
    const bytes = Buffer.from(text);
    const seal = this.sealOf(bytes);
    return Buffer.concat([seal, this.masked(bytes, seal)]).toString('base64url');
  }

  open(cursor: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    // Decoding ignores characters that are not base64url, so only the exact original spelling is accepted.
    if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== cursor) throw badCursor();
    const seal = bytes.subarray(0, SEAL_BYTES);
    const text = this.masked(bytes.subarray(SEAL_BYTES), seal);
    if (!timingSafeEqual(this.sealOf(text), seal)) throw badCursor();
    return text.toString();
  }

  /** Encrypts the cursor of an answer that is a page. */
  sealIn<Body extends object>(body: Body): Body {
    return 'nextCursor' in body && typeof body.nextCursor === 'string'
      ? { ...body, nextCursor: this.seal(body.nextCursor) }
      : body;
  }

  /** AES in counter mode by its definition: creating a cipher for every text takes ten times as long. */
  private masked(text: Buffer, seal: Buffer): Buffer {
    const counters = Buffer.alloc(Math.ceil(text.length / BLOCK_BYTES) * BLOCK_BYTES);
    for (let at = 0; at < counters.length; at += BLOCK_BYTES) {
      seal.copy(counters, at);
      counters.writeUInt32BE(at / BLOCK_BYTES, at + SEAL_BYTES);
    }
    const mask = this.cipher.update(counters);
    return Buffer.from(text.map((byte, at) => byte ^ mask[at]!));
  }

  /** HMAC-SHA256 by its definition, for the same reason. */
  private sealOf(text: Buffer): Buffer {
    const inner = hash('sha256', Buffer.concat([this.innerKey, text]), 'buffer');
    const outer = hash('sha256', Buffer.concat([this.outerKey, inner]), 'buffer');
    return outer.subarray(0, SEAL_BYTES);
  }
}

const padded = (key: Buffer, pad: number): Buffer =>
  Buffer.alloc(64, pad).map((byte, at) => byte ^ (key[at] ?? 0)) as Buffer;
