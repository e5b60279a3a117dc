import type { FieldVisibility, ProfileVisibility, Role } from '@echomate/contracts/users.dto';
import { Entity, Index } from 'typeorm';
import { Day, Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** A person with a confirmed email address. */
@Entity('users')
@Index('users_email', ['email'], { unique: true })
export class User {
  @Id()
  id!: string;

  /** In lower case, so that letter case never makes a second account. */
  @Text()
  email!: string;

  @Text()
  passwordHash!: string;

  /** Goes up with every change of password or email; what rests on older ones is refused. */
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

  /** Names the files of the current picture; a new picture has a new id, so its URLs never change. */
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

  /** Every name in lower case and without accents, each behind a space: what people are found by. */
  @Text({ default: '' })
  searchName!: string;

  @Time()
  createdAt!: string;
}
