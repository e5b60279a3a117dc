import { Injectable } from '@nestjs/common';
import { canSeeCard, canSeeField, canSeeProfile, hasBlocked } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  empty,
  join,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { User } from './entities/user.entity.js';
import { searchPatterns } from './search-name.js';

export type UserCardRow = Pick<
  User,
  'id' | 'firstName' | 'lastName' | 'nickname' | 'avatarId' | 'visibility' | 'role'
>;
export type OwnProfileRow = Omit<User, 'passwordHash' | 'searchName'>;
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

const person = { id: sql`u.id`, visibility: sql`u.visibility` };

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  findCard(id: string): Promise<UserCardRow | null> {
    return this.database.one(sql`SELECT ${CARD} FROM users u WHERE u.id = ${id}`);
  }

  findOwnProfile(id: string, reader: Reader = this.database): Promise<OwnProfileRow | null> {
    return reader.one(sql`SELECT ${OWN_PROFILE} FROM users u WHERE u.id = ${id}`);
  }

  /** The person as the viewer may see them; null if they may not even know the name. */
  findProfile(viewerId: string, id: string): Promise<ProfileRow | null> {
    const viewer = sql`${viewerId}`;
    return this.database.one(sql`
      SELECT p.*,
        CASE WHEN p."isOpen" THEN u.banner_id END AS "bannerId",
        CASE WHEN p."isOpen" THEN u.about END AS about,
        CASE WHEN p."isOpen" THEN u.created_at END AS "createdAt",
        CASE WHEN ${canSeeField(viewer, person, sql`u.email_visibility`)} THEN u.email END AS email,
        CASE WHEN ${canSeeField(viewer, person, sql`u.date_of_birth_visibility`)} THEN u.date_of_birth END AS "dateOfBirth"
      FROM (
        SELECT ${CARD}, ${canSeeProfile(viewer, person)} AS "isOpen"
        FROM users u WHERE u.id = ${id} AND ${canSeeCard(viewer, sql`u.id`)}
      ) p JOIN users u ON u.id = p.id`);
  }

  findCards(viewerId: string, ids: string[]): Promise<UserCardRow[]> {
    return this.database.many(sql`
      SELECT ${CARD} FROM users u WHERE u.id IN (${anyOf(ids)}) AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}`);
  }

  /** For the one list where people whom the viewer blocked still have names: the viewer's own. */
  findCardsOfBlocked(blockerId: string, ids: string[]): Promise<UserCardRow[]> {
    return this.database.many(sql`
      SELECT ${CARD} FROM users u
      WHERE u.id IN (${anyOf(ids)}) AND ${hasBlocked(sql`${blockerId}`, sql`u.id`)}`);
  }

  findPeople(
    viewerId: string,
    question: string,
    before: string | null,
    limit: number,
  ): Promise<UserCardRow[]> {
    return this.database.many(sql`
      SELECT ${CARD} FROM users u
      WHERE u.id <> ${viewerId} AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}
        ${this.nameMatches(question)} ${before ? sql`AND u.id < ${before}` : empty}
      ORDER BY u.id DESC LIMIT ${limit}`);
  }

  /** Narrows a query in which a person is `u`, or the column given, to those whose names begin like this. */
  nameMatches(question: string, personId?: Sql): Sql {
    const patterns = searchPatterns(question);
    if (!patterns.length) return empty;
    const matches = join(
      patterns.map((pattern) => sql`u.search_name LIKE ${pattern} ESCAPE '\\'`),
      ' AND ',
    );
    return personId
      ? sql`AND EXISTS (SELECT 1 FROM users u WHERE u.id = ${personId} AND ${matches})`
      : sql`AND ${matches}`;
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

  findByEmail(
    email: string,
    reader: Reader = this.database,
  ): Promise<Pick<User, 'id' | 'firstName' | 'passwordHash'> | null> {
    return reader.one(sql`
      SELECT id, first_name AS "firstName", password_hash AS "passwordHash" FROM users WHERE email = ${email}`);
  }

  findCredentials(
    id: string,
    reader: Reader = this.database,
  ): Promise<Pick<User, 'email' | 'firstName' | 'passwordHash'> | null> {
    return reader.one(sql`
      SELECT email, first_name AS "firstName", password_hash AS "passwordHash" FROM users WHERE id = ${id}`);
  }

  async isEmpty(reader: Reader): Promise<boolean> {
    return (await reader.one(sql`SELECT id FROM users LIMIT 1`)) === null;
  }

  async insert(transaction: Transaction, user: User): Promise<void> {
    await transaction.insert(User, user);
  }

  async update(transaction: Transaction, id: string, values: Partial<User>): Promise<void> {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    if (given.length)
      await transaction.update(User, { id }, Object.fromEntries(given) as Partial<User>);
  }
}
