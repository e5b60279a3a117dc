import { IsIn } from 'class-validator';
import { IfGiven, IsDateOfBirth, IsNickname, IsOptionalText, IsPersonName } from './fields.js';
import { LIMITS } from './limits.js';

export const PROFILE_VISIBILITIES = ['public', 'private'] as const;
export type ProfileVisibility = (typeof PROFILE_VISIBILITIES)[number];

/** Who sees one field: everyone who sees the profile, accepted followers, or only its owner. */
export const FIELD_VISIBILITIES = ['profile', 'followers', 'me'] as const;
export type FieldVisibility = (typeof FIELD_VISIBILITIES)[number];

export const ROLES = ['member', 'moderator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export class AvatarUrls {
  /** 64 × 64, for lists and comments */
  small!: string;
  /** 320 × 320, for the profile */
  large!: string;
}

/** What every signed-in person may see of anyone: enough to recognise them. */
export class UserCard {
  id!: string;
  firstName!: string;
  lastName!: string;
  nickname!: string | null;
  avatar!: AvatarUrls | null;
  visibility!: ProfileVisibility;
}

/** Everything a person keeps about themselves; only they see it whole. */
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
  @IsPersonName('first name')
  firstName?: string;

  /** @example Okafor */
  @IfGiven()
  @IsPersonName('last name')
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
  @IsOptionalText('the text about you', LIMITS.about.maxLength, true)
  about?: string | null;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, { message: 'Choose who may see your email address.' })
  emailVisibility?: FieldVisibility;

  @IfGiven()
  @IsIn(FIELD_VISIBILITIES, { message: 'Choose who may see your date of birth.' })
  dateOfBirthVisibility?: FieldVisibility;
}

export class UpdatePrivacyRequest {
  /** A public profile can be followed at once; a private one asks first. */
  @IsIn(PROFILE_VISIBILITIES, { message: 'Choose public or private.' })
  visibility!: ProfileVisibility;
}
