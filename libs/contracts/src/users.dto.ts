import { IsIn } from 'class-validator';
import {
  IfGiven,
  IsDateOfBirth,
  IsHandle,
  IsNickname,
  IsOptionalText,
  IsPersonName,
} from './fields.js';
import { LIMITS } from './limits.js';
import { sayingOneOf } from './saying.js';

export const PROFILE_VISIBILITIES = ['public', 'private'] as const;
export type ProfileVisibility = (typeof PROFILE_VISIBILITIES)[number];

/** Who sees one field: everyone who sees the profile, accepted followers, or only its owner. */
export const FIELD_VISIBILITIES = ['profile', 'followers', 'me'] as const;
export type FieldVisibility = (typeof FIELD_VISIBILITIES)[number];

export const ROLES = ['member', 'moderator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Why an account is not active: its owner has deactivated it, a moderator has suspended it, its owner is leaving and may
 * still come back, or it is being removed.
 */
export const INACTIVE_REASONS = ['deactivated', 'suspended', 'leaving', 'removed'] as const;
export type InactiveReason = (typeof INACTIVE_REASONS)[number];

export class AvatarUrls {
  /** 64 × 64, for lists and comments */
  small!: string;
  /** 320 × 320, for the profile */
  large!: string;
}

/** What people fill in when they register; `UpdateProfileRequest` changes it. */
export class ProfileFields {
  /** @example Ada */
  @IsPersonName()
  firstName!: string;

  /** @example Okafor */
  @IsPersonName()
  lastName!: string;

  /** @example 1990-12-31 */
  @IsDateOfBirth()
  dateOfBirth!: string;

  /** @example ada */
  @IsNickname()
  nickname?: string | null;

  /** @example "Bee keeper, choir singer." */
  @IsOptionalText(LIMITS.about.maxLength, true)
  about?: string | null;

  @IfGiven()
  @IsIn(PROFILE_VISIBILITIES, sayingOneOf(PROFILE_VISIBILITIES))
  visibility?: ProfileVisibility;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, sayingOneOf(FIELD_VISIBILITIES))
  emailVisibility?: FieldVisibility;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, sayingOneOf(FIELD_VISIBILITIES))
  dateOfBirthVisibility?: FieldVisibility;
}

/** What every signed-in person may see of anyone: name and avatar. */
export class UserCard {
  id!: string;
  /**
   * The unique name in addresses and mentions, without its `@`; it may change, the id does not
   * @example ada
   */
  handle!: string;
  firstName!: string;
  lastName!: string;
  nickname!: string | null;
  avatar!: AvatarUrls | null;
  visibility!: ProfileVisibility;
}

/** A profile for one viewer. Fields hidden from the viewer are null. */
export class ProfileInfo extends UserCard {
  /** False: only the card is visible, because the profile is private */
  isOpen!: boolean;
  banner!: string | null;
  email!: string | null;
  dateOfBirth!: string | null;
  about!: string | null;
  /** When the account was opened */
  createdAt!: string | null;
}

/** A person's own profile, with everything only they see. */
export class OwnProfile extends UserCard {
  email!: string;
  dateOfBirth!: string;
  about!: string | null;
  banner!: string | null;
  emailVisibility!: FieldVisibility;
  dateOfBirthVisibility!: FieldVisibility;
  role!: Role;
  createdAt!: string;
}

export class UpdateProfileRequest {
  /** @example Ada */
  @IfGiven()
  @IsPersonName()
  firstName?: string;

  /** @example Okafor */
  @IfGiven()
  @IsPersonName()
  lastName?: string;

  /** @example 1990-12-31 */
  @IfGiven()
  @IsDateOfBirth()
  dateOfBirth?: string;

  /**
   * Empty to remove it
   * @example ada
   */
  @IsNickname()
  nickname?: string | null;

  /**
   * Empty to remove it
   * @example "Bee keeper, choir singer."
   */
  @IsOptionalText(LIMITS.about.maxLength, true)
  about?: string | null;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, sayingOneOf(FIELD_VISIBILITIES))
  emailVisibility?: FieldVisibility;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, sayingOneOf(FIELD_VISIBILITIES))
  dateOfBirthVisibility?: FieldVisibility;
}

export class UpdateHandleRequest {
  /**
   * 2 to 30 letters (a to z) and digits, with single dots, hyphens or underscores between them; letter case is ignored
   * @example ada
   */
  @IsHandle()
  handle!: string;
}

export class UpdatePrivacyRequest {
  /** A public profile can be followed at once; a private one asks first. */
  @IsIn(PROFILE_VISIBILITIES, sayingOneOf(PROFILE_VISIBILITIES))
  visibility!: ProfileVisibility;
}
