import type { FieldVisibility, ProfileVisibility, Role } from '@echomate/contracts/users.dto';
import { Entity, Index } from 'typeorm';
import {
  Day,
  Flag,
  Id,
  Integer,
  Reference,
  Text,
  Time,
  Word,
} from '../../../platform/database/columns.js';

/** The pictures by which people show themselves. */
export type ProfilePicture = 'avatar' | 'banner';

/** A person with a confirmed email address. */
@Entity('users')
@Index('users_email', ['email'], { unique: true })
@Index('users_handle', ['handle'], { unique: true })
@Index('users_roles', ['role', 'id'], { where: "role <> 'member'" })
export class User {
  @Id()
  id!: string;

  /** In lower case, so that letter case cannot make a second account */
  @Text()
  email!: string;

  /** In lower case; never one that somebody else has or had lately, which `HandlesService` decides */
  @Word({ default: '' })
  handle!: string;

  /** None as long as the account is opened by a log-in elsewhere alone */
  @Text({ nullable: true })
  passwordHash!: string | null;

  /** Increases with every change of password or email; what depends on older versions is refused */
  @Integer({ default: 1 })
  credentialsVersion!: number;

  @Text()
  firstName!: string;

  @Text()
  lastName!: string;

  @Day()
  dateOfBirth!: string;

  @Text({ nullable: true })
  nickname!: string | null;

  @Text({ nullable: true })
  about!: string | null;

  /** The `media` row of the avatar, repeated here so that a card needs no join; both change in one transaction */
  @Reference({ nullable: true })
  avatarId!: string | null;

  @Reference({ nullable: true })
  bannerId!: string | null;

  @Text()
  visibility!: ProfileVisibility;

  @Text()
  emailVisibility!: FieldVisibility;

  @Text()
  dateOfBirthVisibility!: FieldVisibility;

  @Text()
  role!: Role;

  /** Every name and the handle in lower case and without accents, preceded by a space: what search matches */
  @Text({ default: '' })
  searchName!: string;

  /** The home page shows no first steps any more: they are done or were dismissed */
  @Flag({ default: true })
  isSettled!: boolean;

  @Time()
  createdAt!: string;
}
