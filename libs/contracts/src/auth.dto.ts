import { IsIn } from 'class-validator';
import {
  IfGiven,
  IsAccountEmail,
  IsCredential,
  IsDateOfBirth,
  IsEmailAddress,
  IsLinkToken,
  IsNewPassword,
  IsNickname,
  IsOptionalText,
  IsPersonName,
} from './fields.js';
import { LIMITS } from './limits.js';
import {
  FIELD_VISIBILITIES,
  PROFILE_VISIBILITIES,
  type FieldVisibility,
  type ProfileVisibility,
  type Role,
  UserCard,
} from './users.dto.js';

export class RegisterRequest {
  /** @example ada@example.org */
  @IsEmailAddress()
  email!: string;

  /**
   * 8 to 200 characters; the most common passwords are refused, in other letters too
   * @example "seven green bicycles"
   */
  @IsNewPassword()
  password!: string;

  /** @example Ada */
  @IsPersonName('first name')
  firstName!: string;

  /** @example Okafor */
  @IsPersonName('last name')
  lastName!: string;

  /** @example 1990-12-31 */
  @IsDateOfBirth()
  dateOfBirth!: string;

  /** @example ada */
  @IsNickname()
  nickname?: string | null;

  /** @example "Bee keeper, choir singer." */
  @IsOptionalText('the text about you', LIMITS.about.maxLength, true)
  about?: string | null;

  @IfGiven()
  @IsIn(PROFILE_VISIBILITIES, { message: 'Choose public or private.' })
  visibility?: ProfileVisibility;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, { message: 'Choose who may see your email address.' })
  emailVisibility?: FieldVisibility;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, { message: 'Choose who may see your date of birth.' })
  dateOfBirthVisibility?: FieldVisibility;
}

/** The same words whether or not the address has an account. */
export class MailSent {
  /** @example "We have sent a mail to ada@example.org." */
  message!: string;
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
  /** `registration` opens the account and logs in; `email-change` moves it to the new address. */
  purpose!: 'registration' | 'email-change';
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

/** Who is signed in. */
export class Viewer extends UserCard {
  role!: Role;
}

export class CurrentSession {
  sessionId!: string;
  user!: Viewer;
}

/** One place where the account is logged in. */
export class Session {
  id!: string;
  /** @example "Firefox on Linux" */
  device!: string;
  createdAt!: string;
  lastSeenAt!: string;
  /** The session that asks */
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

/** The account is back at the address the link was sent to. */
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
