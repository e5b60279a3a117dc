import { IsOptional, IsString, MaxLength } from 'class-validator';
import {
  IfGiven,
  IsAccountEmail,
  IsCredential,
  IsEmailAddress,
  IsLinkToken,
  IsNewPassword,
  IsOptionalHandle,
  IsOptionalText,
  IsYes,
} from './fields.js';
import { LIMITS } from './limits.js';
import { saying } from './saying.js';
import { ProfileFields, type Role, UserCard } from './users.dto.js';

/** What everyone gives who would like to have an account. */
export class Joining extends ProfileFields {
  /**
   * The unique name in addresses and mentions. Left out, it is made of the name; taken before the account opens, a
   * similar one is given.
   * @example ada
   */
  @IsOptionalHandle()
  handle?: string | null;

  /**
   * The token of a link that invites
   * @example q8Zr0n4cKX2vW1yTj6bLm9sD3fHgPaEu
   */
  @IsOptionalText(100)
  invitation?: string | null;

  /**
   * Where an admin lets people in: who you are and why you'd like to come
   * @example "I keep two hives behind the mill."
   */
  @IsOptionalText(LIMITS.application.words.maxLength, true)
  words?: string | null;

  /**
   * Needed where the site has rules
   * @example true
   */
  @IsYes()
  acceptsRules?: boolean;
}

export class RegisterRequest extends Joining {
  /** @example ada@example.org */
  @IsEmailAddress()
  email!: string;

  /**
   * 8 to 200 characters; the most common passwords and their variants are refused
   * @example "seven green bicycles"
   */
  @IsNewPassword()
  password!: string;
}

export class HandleQuery {
  /**
   * The handle somebody would like
   * @example ada
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(100, saying('too-long', { max: 100 }))
  wanted?: string;

  /** @example Ada */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(LIMITS.name.maxLength, saying('too-long', { max: LIMITS.name.maxLength }))
  firstName?: string;

  /** @example Okafor */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(LIMITS.name.maxLength, saying('too-long', { max: LIMITS.name.maxLength }))
  lastName?: string;
}

/** A handle that is free now: the wanted one, or else a similar one. */
export class FreeHandle {
  /** @example ada.okafor */
  handle!: string;
}

/** The same text whether or not the address has an account. */
export class MailSent {
  /** @example "We sent an email to ada@example.org." */
  message!: string;
}

export class CorrectEmailRequest {
  /** @example ada@example.org */
  @IsEmailAddress()
  email!: string;
}

export class VerifyEmailRequest {
  /** The token from the mailed link */
  @IsLinkToken()
  token!: string;

  /**
   * The password of a new account. Needed where the link is opened in another browser than the one that
   * registered; it replaces the one chosen there.
   * @example "seven green bicycles"
   */
  @IfGiven()
  @IsNewPassword()
  password?: string;
}

export class EmailVerified {
  /**
   * `registration` opens the account and logs in; `application` waits for an admin, who lets people in here;
   * `email-change` moves the account to the new address.
   */
  purpose!: 'registration' | 'application' | 'email-change';
  email!: string;
}

export class LoginRequest {
  /** @example ada@example.org */
  @IsAccountEmail()
  email!: string;

  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;
}

/** The signed-in person. */
export class Viewer extends UserCard {
  role!: Role;
  /** New here: the home page shows what to do first, until it is done or dismissed */
  hasFirstSteps!: boolean;
}

export class CurrentSession {
  sessionId!: string;
  user!: Viewer;
  /** Whether this installation can process videos */
  takesVideos!: boolean;
}

export class LoggedIn extends CurrentSession {
  /** Whether the account was deactivated or about to be deleted, and is now back */
  isBack!: boolean;
}

/** An account that is about to be deleted, for whoever has just proven its password. */
export class AccountEnd {
  deletesAt!: string;
}

/** A browser in which the account is logged in. */
export class Session {
  id!: string;
  /** @example "Firefox on Linux" */
  device!: string;
  createdAt!: string;
  lastSeenAt!: string;
  /** The current session */
  current!: boolean;
}

export class SessionPage {
  items!: Session[];
  nextCursor!: string | null;
}

export class ForgotPasswordRequest {
  /** @example ada@example.org */
  @IsAccountEmail()
  email!: string;
}

export class ReturnEmailRequest {
  /** The token from the mail to the old address */
  @IsLinkToken()
  token!: string;

  /** @example "nine red umbrellas" */
  @IsNewPassword()
  newPassword!: string;
}

/** The account belongs to the address again that the link was sent to. */
export class EmailReturned {
  email!: string;
}

export class ResetPasswordRequest {
  /** The token from the mailed link */
  @IsLinkToken()
  token!: string;

  /** @example "nine red umbrellas" */
  @IsNewPassword()
  newPassword!: string;
}

export class ChangePasswordRequest {
  /** @example "seven green bicycles" */
  @IsCredential()
  currentPassword!: string;

  /** @example "nine red umbrellas" */
  @IsNewPassword()
  newPassword!: string;
}

export class ChangeEmailRequest {
  /** @example ada@example.net */
  @IsEmailAddress()
  newEmail!: string;

  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;
}
