import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from './secrets.js';

export const VALID_MS = 5 * 60_000;
const RANDOM_BYTES = 16;
const TIME_BYTES = 6;
const HEAD_BYTES = RANDOM_BYTES + TIME_BYTES;
const MAC_BYTES = 16;

/** What is asked, and of whom: a browser, a session, an account. */
export interface Asked {
  purpose: 'log-in' | 'second-step' | 'proof' | 'registration';
  of: string;
}

/**
 * Questions to passkeys. They carry their own end and a seal over who was asked and what for, so asking stores nothing,
 * however many strangers open the log-in page; only an answer is remembered, until the question would have expired.
 */
@Injectable()
export class Challenges {
  constructor(private readonly secrets: Secrets) {}

  ask(asked: Asked): string {
    const head = Buffer.alloc(HEAD_BYTES);
    randomBytes(RANDOM_BYTES).copy(head);
    head.writeUIntBE(Date.now() + VALID_MS, RANDOM_BYTES, TIME_BYTES);
    return Buffer.concat([head, this.seal(head, asked)]).toString('base64url');
  }

  /** When it expires; null if it was not asked of them, or too long ago. */
  endOf(challenge: string, asked: Asked): string | null {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== HEAD_BYTES + MAC_BYTES || bytes.toString('base64url') !== challenge)
      return null;
    const head = bytes.subarray(0, HEAD_BYTES);
    if (!timingSafeEqual(bytes.subarray(HEAD_BYTES), this.seal(head, asked))) return null;
    const until = head.readUIntBE(RANDOM_BYTES, TIME_BYTES);
    return until > Date.now() ? new Date(until).toISOString() : null;
  }

  private seal(head: Buffer, { purpose, of }: Asked): Buffer {
    const text = `${purpose} ${of} ${head.toString('base64url')}`;
    return this.secrets.mac(text, 'passkey challenge').subarray(0, MAC_BYTES);
  }
}
