import { Injectable } from '@nestjs/common';
import { blockedBy, canSeeCard, canSeeField, canSeeProfile } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyNamed,
  anyOf,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Transaction,
} from '../../platform/database/statements.js';
import { User } from './entities/user.entity.js';
import { UserNamesRepository } from './user-names.repository.js';

export type UserCardRow = Pick<
  User,
  'id' | 'firstName' | 'lastName' | 'nickname' | 'avatarId' | 'visibility' | 'role'
>;
export type OwnProfileRow = Omit<User, 'passwordHash' | 'credentialsVersion' | 'searchName'>;
/** What proves who someone is, and what nobody should choose as a password. */
export type CredentialsRow = Pick<
  User,
  'id' | 'email' | 'passwordHash' | 'credentialsVersion' | 'firstName' | 'lastName' | 'nickname'
>;
/** A profile as somebody may see it: what they may not is null. */
export type ProfileRow = UserCardRow & {
  isOpen: boolean | number;
  bannerId: string | null;
  about: string | null;
  email: string | null;
  dateOfBirth: string | null;
  createdAt: string | null;
};

const CARD = sql`
  u.id, u.first_name AS "firstName", u.last_name AS "lastName", u.nickname,
  u.avatar_id AS "avatarId", u.visibility, u.role`;

const OWN_PROFILE = sql`${CARD},
  u.banner_id AS "bannerId", u.email, u.date_of_birth AS "dateOfBirth", u.about,
  u.email_visibility AS "emailVisibility", u.date_of_birth_visibility AS "dateOfBirthVisibility",
  u.created_at AS "createdAt"`;

const CREDENTIALS = sql`
  u.id, u.email, u.password_hash AS "passwordHash", u.credentials_version AS "credentialsVersion",
  u.first_name AS "firstName", u.last_name AS "lastName", u.nickname`;

const person = { id: sql`u.id`, visibility: sql`u.visibility` };

const viewer = named('viewer');

const PROFILE = sql`
  SELECT p.*,
    CASE WHEN p."isOpen" THEN u.banner_id END AS "bannerId",
    CASE WHEN p."isOpen" THEN u.about END AS about,
    CASE WHEN p."isOpen" THEN u.created_at END AS "createdAt",
    CASE WHEN ${canSeeField(viewer, person, sql`u.email_visibility`)} THEN u.email END AS email,
    CASE WHEN ${canSeeField(viewer, person, sql`u.date_of_birth_visibility`)} THEN u.date_of_birth END AS "dateOfBirth"
  FROM (
    SELECT ${CARD}, ${canSeeProfile(viewer, person)} AS "isOpen"
    FROM users u WHERE u.id = ${named('person')} AND ${canSeeCard(viewer, sql`u.id`)}
  ) p JOIN users u ON u.id = p.id`;

const CARDS = shaped(
  (size: number) => sql`
    SELECT ${CARD} FROM users u WHERE u.id IN (${anyNamed('ids', size)}) AND ${canSeeCard(viewer, sql`u.id`)}`,
);

@Injectable()
export class UsersRepository {
  constructor(
    private readonly database: Database,
    private readonly names: UserNamesRepository,
  ) {}

  findCard(id: string): Promise<UserCardRow | null> {
    return this.database.one(sql`SELECT ${CARD} FROM users u WHERE u.id = ${id}`);
  }

  findOwnProfile(id: string, reader: Reader = this.database): Promise<OwnProfileRow | null> {
    return reader.one(sql`SELECT ${OWN_PROFILE} FROM users u WHERE u.id = ${id}`);
  }

  /** The person as the viewer may see them; null if they may not even know the name. */
  findProfile(viewerId: string, id: string): Promise<ProfileRow | null> {
    return this.database.one(new Statement(PROFILE, { viewer: viewerId, person: id }));
  }

  findCards(viewerId: string, ids: string[]): Promise<UserCardRow[]> {
    return this.database.many(new Statement(CARDS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  /** For the one list where people whom the viewer blocked still have names: the viewer's own. */
  findCardsOfBlocked(blockerId: string, ids: string[]): Promise<UserCardRow[]> {
    return this.database.many(sql`
      SELECT ${CARD} FROM users u
      WHERE u.id IN (${anyOf(ids)}) AND ${blockedBy(sql`${blockerId}`, sql`u.id`)}`);
  }

  async exists(reader: Reader, id: string): Promise<boolean> {
    return (await reader.one(sql`SELECT u.id FROM users u WHERE u.id = ${id}`)) !== null;
  }

  findVisible(
    viewerId: string,
    id: string,
    reader: Reader,
  ): Promise<Pick<User, 'visibility'> | null> {
    return reader.one(sql`
      SELECT u.visibility FROM users u WHERE u.id = ${id} AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}`);
  }

  findAvatar(viewerId: string, id: string): Promise<Pick<User, 'avatarId'> | null> {
    return this.database.one(sql`
      SELECT u.avatar_id AS "avatarId" FROM users u
      WHERE u.id = ${id} AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}`);
  }

  findBanner(viewerId: string, id: string): Promise<Pick<User, 'bannerId'> | null> {
    return this.database.one(sql`
      SELECT u.banner_id AS "bannerId" FROM users u
      WHERE u.id = ${id} AND ${canSeeProfile(sql`${viewerId}`, person)}`);
  }

  findByEmail(email: string, reader: Reader = this.database): Promise<CredentialsRow | null> {
    return reader.one(sql`SELECT ${CREDENTIALS} FROM users u WHERE u.email = ${email}`);
  }

  findCredentials(id: string, reader: Reader = this.database): Promise<CredentialsRow | null> {
    return reader.one(sql`SELECT ${CREDENTIALS} FROM users u WHERE u.id = ${id}`);
  }

  /** The version after the change. */
  async changeCredentials(
    transaction: Transaction,
    id: string,
    { email = null, passwordHash = null }: { email?: string | null; passwordHash?: string | null },
  ): Promise<number> {
    const row = await transaction.one<Pick<User, 'credentialsVersion'>>(sql`
      UPDATE users SET credentials_version = credentials_version + 1,
        email = COALESCE(${email}, email), password_hash = COALESCE(${passwordHash}, password_hash)
      WHERE id = ${id} RETURNING credentials_version AS "credentialsVersion"`);
    return row!.credentialsVersion;
  }

  /** The same password, kept in another way; nothing that rests on it changes. */
  async replaceHash(
    transaction: Transaction,
    id: string,
    { from, to }: { from: string; to: string },
  ): Promise<void> {
    await transaction.update(User, { id, passwordHash: from }, { passwordHash: to });
  }

  async isEmpty(reader: Reader): Promise<boolean> {
    return (await reader.one(sql`SELECT id FROM users LIMIT 1`)) === null;
  }

  async insert(transaction: Transaction, user: User): Promise<void> {
    await transaction.insert(User, user);
    await this.names.replace(transaction, user.id, user.searchName);
  }

  async update(transaction: Transaction, id: string, values: Partial<User>): Promise<void> {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    if (given.length)
      await transaction.update(User, { id }, Object.fromEntries(given) as Partial<User>);
    if (values.searchName !== undefined)
      await this.names.replace(transaction, id, values.searchName);
  }
}
