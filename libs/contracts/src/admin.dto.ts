import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsCredential, IsOptionalText } from './fields.js';
import { LIMITS } from './limits.js';
import { PageQuery } from './paging.dto.js';
import { saying } from './saying.js';
import { type InactiveReason, ROLES, type Role, UserCard } from './users.dto.js';

const { invitation, application } = LIMITS;

/** Somebody as those see them who look after the site. */
export class AdminPerson extends UserCard {
  role!: Role;
  /** Why the account is not active; null if it is */
  inactive!: InactiveReason | null;
  createdAt!: string;
  /** The viewer */
  isYou!: boolean;
}

export class AdminPersonPage {
  items!: AdminPerson[];
  nextCursor!: string | null;
}

export class AdminPeopleQuery extends PageQuery {
  /**
   * Part of a name or handle
   * @example ada
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(LIMITS.search.maxLength, saying('too-long', { max: LIMITS.search.maxLength }))
  q?: string;

  /** @example admin */
  @IsOptional()
  @IsIn(ROLES, saying('invalid-choice', { choices: ROLES.join(', ') }))
  role?: Role;
}

export class ChangeRoleRequest {
  /** @example moderator */
  @IsIn(ROLES, saying('invalid-choice', { choices: ROLES.join(', ') }))
  role!: Role;

  /**
   * Your own password
   * @example "seven green bicycles"
   */
  @IsCredential()
  password!: string;
}

/** A link that lets people in, without the link: that is shown once. */
export class Invitation {
  id!: string;
  /** Null if the account is gone */
  maker!: UserCard | null;
  note!: string | null;
  maxUses!: number;
  uses!: number;
  createdAt!: string;
  endsAt!: string;
  state!: 'open' | 'spent' | 'ended' | 'revoked';
  /** The newest who came by it and are still here, at most ten */
  people!: UserCard[];
}

export class NewInvitation extends Invitation {
  /** Its secret, which nobody can read again */
  token!: string;
  /** @example "https://example.org/register?invitation=…" */
  url!: string;
}

export class InvitationPage {
  items!: Invitation[];
  nextCursor!: string | null;
}

export class CreateInvitationRequest {
  /**
   * For whom it is; only admins see it
   * @example "The choir"
   */
  @IsOptionalText(invitation.note.maxLength)
  note?: string | null;

  /**
   * How many accounts can be opened with it
   * @example 10
   */
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(invitation.maxUses, saying('too-big', { max: invitation.maxUses }))
  maxUses!: number;

  /**
   * How many days it works
   * @example 14
   */
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(invitation.maxDays, saying('too-big', { max: invitation.maxDays }))
  days!: number;
}

/** Somebody who would like to join and has confirmed their address. */
export class Application {
  id!: string;
  firstName!: string;
  lastName!: string;
  email!: string;
  words!: string | null;
  confirmedAt!: string;
}

export class ApplicationPage {
  items!: Application[];
  nextCursor!: string | null;
}

export class RefuseApplicationRequest {
  /**
   * Stands in the mail that says so
   * @example "This place is for our members only."
   */
  @IsOptionalText(application.reason.maxLength, true)
  reason?: string | null;
}

/** What a link that invites is good for. */
export class InvitationOffer {
  /** Until when it works */
  endsAt!: string;
}

export class InvitationQuery {
  /** The token of the link */
  @IsString(saying('not-text'))
  @MaxLength(100, saying('too-long', { max: 100 }))
  token!: string;
}
