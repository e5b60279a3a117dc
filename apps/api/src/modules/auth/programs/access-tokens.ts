import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SCOPES, type Scope } from '@echomate/contracts/scopes';
import { errors, jwtVerify, SignJWT } from 'jose';
import { validate as isUuid } from 'uuid';
import { Config } from '../../../platform/config/config.js';

export const ACCESS_SECONDS = 600;

const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';

export interface Access {
  userId: string;
  programId: string;
  scopes: Scope[];
}

/**
 * Short-lived signed tokens (JWT). A token only says which program it was given to: whether that is still open is asked
 * at every request.
 */
@Injectable()
export class AccessTokens {
  private readonly key: Uint8Array;
  private readonly issuer: string;
  private readonly audience: string;

  constructor(config: Config) {
    this.key = createHmac('sha256', config.sessionSecret).update('echomate access').digest();
    this.issuer = config.publicUrl.origin;
    this.audience = new URL('/api/v1', config.publicUrl).href;
  }

  issue({ userId, programId, scopes }: Access): Promise<string> {
    return new SignJWT({ sid: programId, scope: scopes.join(' ') })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(this.issuer)
      .setAudience(this.audience)
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_SECONDS}s`)
      .sign(this.key);
  }

  /** What it says; null if it is not ours, not for us, or too old. */
  async read(token: string): Promise<Access | null> {
    try {
      const { payload } = await jwtVerify<{ sid: unknown; scope: unknown }>(token, this.key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.issuer,
        audience: this.audience,
        maxTokenAge: ACCESS_SECONDS,
        requiredClaims: ['sub', 'sid', 'scope', 'exp'],
      });
      const { sub, sid, scope } = payload;
      if (!isUuid(sub) || !isUuid(sid) || typeof scope !== 'string') return null;
      return { userId: sub as string, programId: sid as string, scopes: scopesIn(scope) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}

/** Scopes are kept and sent as words separated by spaces. */
export const scopesIn = (text: string): Scope[] => {
  const words = new Set(text.split(' '));
  return SCOPES.filter((scope) => words.has(scope));
};
