import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsIn, IsInt, Max, Min } from 'class-validator';
import { LoginRequest } from './auth.dto.js';
import { IfGiven, IsCredential, IsLinkToken, IsOptionalText, IsProgramName } from './fields.js';
import { LIMITS } from './limits.js';
import { saying, sayingOneOf } from './saying.js';
import { SCOPES, type Scope } from './scopes.js';

const { name, maxDays } = LIMITS.program;

const IsScopes = (): PropertyDecorator => (target, property) => {
  IsIn(SCOPES, { each: true, ...sayingOneOf(SCOPES) })(target, property);
  ArrayUnique(saying('duplicate'))(target, property);
  ArrayMinSize(1, saying('required'))(target, property);
  ArrayMaxSize(SCOPES.length, saying('too-many', { max: SCOPES.length }))(target, property);
};

/** A program that may act for its owner, without its secret: that is shown once. */
export class Program {
  id!: string;
  /** `token`: made in settings; `login`: logged in with the password */
  kind!: 'token' | 'login';
  /** @example "Choir calendar" */
  name!: string;
  scopes!: Scope[];
  createdAt!: string;
  /** To within five minutes; null if it was never used */
  lastUsedAt!: string | null;
  endsAt!: string;
}

export class ProgramPage {
  items!: Program[];
  nextCursor!: string | null;
}

export class NewToken extends Program {
  /** Its secret, which nobody can read again: `Authorization: Bearer …` */
  token!: string;
}

export class CreateTokenRequest {
  /**
   * To know it again by
   * @example "Choir calendar"
   */
  @IsProgramName()
  name!: string;

  /**
   * What it may do
   * @example ["read"]
   */
  @IsScopes()
  scopes!: Scope[];

  /**
   * How many days it works
   * @example 90
   */
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(maxDays, saying('too-big', { max: maxDays }))
  days!: number;

  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;
}

export class TokenLoginRequest extends LoginRequest {
  /**
   * How the program is called in its owner's settings; left out, what its `User-Agent` says
   * @example "Choir calendar"
   */
  @IsOptionalText(name.maxLength)
  name?: string | null;

  /**
   * What it may do, at most; `read` if left out
   * @example ["read"]
   */
  @IfGiven()
  @IsScopes()
  scopes?: Scope[];
}

export class RefreshRequest {
  /**
   * The newest one: each works once, and using an older one ends them all
   * @example "echomate_refresh_…"
   */
  @IsLinkToken()
  refreshToken!: string;

  /**
   * For an access token that may do less; what was allowed at the log-in if left out
   * @example ["read"]
   */
  @IfGiven()
  @IsScopes()
  scopes?: Scope[];
}

export class RevokeRequest {
  /** A refresh token, or a token made in settings */
  @IsLinkToken()
  token!: string;
}

export class TokenPair {
  /** For `Authorization: Bearer …` */
  accessToken!: string;
  tokenType!: 'Bearer';
  /** Seconds for which the access token works */
  expiresIn!: number;
  /** For the next access token; works once */
  refreshToken!: string;
  scopes!: Scope[];
}
