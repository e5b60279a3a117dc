import { IsString, MaxLength } from 'class-validator';
import { Joining } from './auth.dto.js';
import { IsCredential, IsOptionalText, IsYes } from './fields.js';
import { saying } from './saying.js';

/** What a provider adds to the address: codes can be long. */
const MAX_QUERY = 8000;

/** Another site that people can log in with. */
export class OutsideProvider {
  /**
   * In addresses
   * @example club
   */
  name!: string;
  /** @example "Club account" */
  label!: string;
}

export class OutsideProviders {
  items!: OutsideProvider[];
}

export class BeginOutsideLogin {
  /**
   * Where the browser goes on after logging in; it comes back with the answer
   * @example /groups
   */
  @IsOptionalText(500)
  next?: string | null;

  /**
   * The token of a link that invites, for whoever has no account yet
   * @example q8Zr0n4cKX2vW1yTj6bLm9sD3fHgPaEu
   */
  @IsOptionalText(100)
  invitation?: string | null;

  /**
   * Whoever is signed in connects it to their account
   * @example true
   */
  @IsYes()
  connects?: boolean;
}

export class OutsideBegun {
  /** @example https://id.example.org/auth?client_id=echomate&state=… */
  url!: string;
}

export class FinishOutsideLogin {
  /**
   * The query of the address that the browser was sent back to
   * @example "code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj"
   */
  @IsString(saying('not-text'))
  @MaxLength(MAX_QUERY, saying('too-long', { max: MAX_QUERY }))
  query!: string;
}

export type OutsideNext = 'home' | 'connect' | 'register' | 'application' | 'settings';

export class OutsideFinished {
  /**
   * `home`: logged in. `connect`: the password of the account with this email is needed. `register`: there is no account
   * yet. `application`: it waits for an admin. `settings`: connected to the account of whoever is signed in.
   */
  next!: OutsideNext;
  /** The `next` of the beginning */
  path!: string | null;
  /** Whether the account was deactivated or about to be deleted, and is now back */
  isBack!: boolean;
}

/** What the other site has said of whoever is about to connect or to register. */
export class UnfinishedLogin {
  next!: 'connect' | 'register';
  /** @example "Club account" */
  label!: string;
  email!: string | null;
  firstName!: string;
  lastName!: string;
  invitation!: string | null;
  /** Without a password, one has to be chosen before it can be connected */
  hasPassword!: boolean;
}

export class ConnectLogin {
  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;
}

export class DisconnectLogin {
  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;
}

/** With the email that the other site has confirmed. */
export class RegisterFromOutside extends Joining {}

/** A log-in elsewhere that opens the account. */
export class ConnectedLogin {
  id!: string;
  /** @example "Club account" */
  label!: string;
  /** Null if the site is no longer among the providers */
  provider!: string | null;
  createdAt!: string;
  lastUsedAt!: string;
}

export class ConnectedLogins {
  items!: ConnectedLogin[];
  /** Whether the account can be opened by a password too */
  hasPassword!: boolean;
}
