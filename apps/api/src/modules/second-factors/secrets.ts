import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what has to be read back, and hashes what need not, each use with a key of its own made of the session
 * secret: the database alone is worth nothing to a thief.
 */
@Injectable()
export class Secrets {
  constructor(private readonly config: Config) {}

  /** It can be opened only for the same use and owner. */
  seal(text: string, use: string, owner: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key(use), iv);
    cipher.setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Null if it was not sealed here, or for another use or owner. */
  open(sealed: string, use: string, owner: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key(use), iv, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString();
    } catch {
      return null;
    }
  }

  mac(text: string, use: string): Buffer {
    return createHmac('sha256', this.key(use)).update(text).digest();
  }

  private key(use: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.config.sessionSecret, '', `echomate ${use}`, 32));
  }
}
