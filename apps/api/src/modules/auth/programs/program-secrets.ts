import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config/config.js';

/** Prefixes by which scanners find secrets that were published by mistake. */
const TOKEN = 'echomate_token_';
const REFRESH = 'echomate_refresh_';

const hashOf = (secret: string) => hash('sha256', secret, 'base64url');

/** A secret, and what is kept of it */
export interface Secret {
  text: string;
  hash: string;
}

/**
 * The secrets of programs. A refresh token is `program.random.signature`: one that is signed and is not the newest was
 * given out before, so reuse is noticed however long ago that was, and nothing made up can end a program.
 */
@Injectable()
export class ProgramSecrets {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = createHmac('sha256', config.sessionSecret).update('echomate refresh').digest();
  }

  token(): Secret {
    const text = TOKEN + randomBytes(32).toString('base64url');
    return { text, hash: hashOf(text) };
  }

  /** The hash to find it by; null if it is no such token. */
  hashOfToken(text: string): string | null {
    return text.startsWith(TOKEN) ? hashOf(text) : null;
  }

  refresh(programId: string): Secret {
    const named = `${programId}.${randomBytes(32).toString('base64url')}`;
    const text = `${REFRESH}${named}.${this.sign(named)}`;
    return { text, hash: hashOf(text) };
  }

  /** The program that a refresh token was given to; null if it is none of ours. */
  readRefresh(text: string): { programId: string; hash: string } | null {
    if (!text.startsWith(REFRESH)) return null;
    const [programId = '', random = '', signature = '', ...more] = text
      .slice(REFRESH.length)
      .split('.');
    const given = Buffer.from(signature);
    const right = Buffer.from(this.sign(`${programId}.${random}`));
    if (more.length || given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return { programId, hash: hashOf(text) };
  }

  private sign(named: string): string {
    return createHmac('sha256', this.key).update(named).digest('base64url');
  }
}
