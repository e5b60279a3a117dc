import { Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config/config.js';
import { hashOf, newSecret, Signer } from '../../../platform/secrets/secrets.js';

/** Prefixes by which scanners find secrets that were published by mistake. */
const TOKEN = 'echomate_token_';
const REFRESH = 'echomate_refresh_';

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
  private readonly signer: Signer;

  constructor(config: Config) {
    this.signer = new Signer(config.sessionSecret, 'refresh');
  }

  token(): Secret {
    const text = TOKEN + newSecret();
    return { text, hash: hashOf(text) };
  }

  /** The hash to find it by; null if it is no such token. */
  hashOfToken(text: string): string | null {
    return text.startsWith(TOKEN) ? hashOf(text) : null;
  }

  refresh(programId: string): Secret {
    const named = `${programId}.${newSecret()}`;
    const text = `${REFRESH}${named}.${this.signer.sign(named)}`;
    return { text, hash: hashOf(text) };
  }

  /** The program that a refresh token was given to; null if it is none of ours. */
  readRefresh(text: string): { programId: string; hash: string } | null {
    if (!text.startsWith(REFRESH)) return null;
    const [programId = '', random = '', signature = '', ...more] = text
      .slice(REFRESH.length)
      .split('.');
    if (more.length || !this.signer.isSigned(`${programId}.${random}`, signature)) return null;
    return { programId, hash: hashOf(text) };
  }
}
