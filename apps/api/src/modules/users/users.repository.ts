import { Injectable } from '@nestjs/common';
import type { InactiveReason } from '@echomate/contracts/users.dto';
import {
  canSeeBlocked,
  canSeeCard,
  canSeeField,
  canSeeProfile,
} from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  anyNamed,
  anyOf,
  named,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Transaction,
} from '../../platform/database/statements.js';
import { InactiveAccount } from './entities/inactive-account.entity.js';
import { User } from './entities/user.entity.js';
import { ownColumns, shownColumns, type ShownValues } from './profile-fields.js';
import { UserNamesRepository } from './user-names.repository.js';

export type UserCardRow = Pick<
  User,
  'id' | 'handle' | 'firstName' | 'lastName' | 'nickname' | 'avatarId' | 'visibility' | 'role'
>;
export type ViewerRow = UserCardRow & { isSettled: boolean | number };
export type OwnProfileRow = Omit<
  User,
  'passwordHash' | 'credentialsVersion' | 'searchName' | 'isSettled'
>;
/** What is needed to log somebody in, and the names a password must not be. */
export type CredentialsRow = Pick<
  User,
  'id' | 'email' | 'passwordHash' | 'credentialsVersion' | 'firstName' | 'lastName' | 'nickname'
>;
/** A profile for one viewer; fields hidden from the viewer are null. */
export type ProfileRow = UserCardRow &
  ShownValues & {
    isOpen: boolean | number;
    bannerId: string | null;
    createdAt: string | null;
  };

export const CARD = sql`
  u.id, u.handle, u.first_name AS "firstName", u.last_name AS "lastName", u.nickname,
  u.avatar_id AS "avatarId", u.visibility, u.role`;

const OWN_PROFILE = sql`${CARD},
  u.banner_id AS "bannerId", u.created_at AS "createdAt", ${selected(ownColumns)}`;

const CREDENTIALS = sql`
  u.id, u.email, u.password_hash AS "passwordHash", u.credentials_version AS "credentialsVersion",
  u.first_name AS "firstName", u.last_name AS "lastName", u.nickname`;

const person = { id: sql`u.id`, visibility: sql`u.visibility` };

const viewer = named('viewer');

const PROFILE = sql`
  SELECT p.*,
    CASE WHEN p."isOpen" THEN u.banner_id END AS "bannerId",
    CASE WHEN p."isOpen" THEN u.created_at END AS "createdAt",
    ${selected(
      shownColumns((field) =>
        field.switch ? canSeeField(viewer, person, field.switch) : sql`p."isOpen"`,
      ),
    )}
  FROM (
    SELECT ${CARD}, ${canSeeProfile(viewer, person)} AS "isOpen"
    FROM users u WHERE u.id = ${named('person')} AND ${canSeeCard(viewer, sql`u.id`)}
  ) p JOIN users u ON u.id = p.id`;

const VIEWER = sql`
  SELECT ${CARD}, u.is_settled AS "isSettled" FROM users u WHERE u.id = ${named('person')}`;

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

  findViewer(id: string, reader: Reader = this.database): Promise<ViewerRow | null> {
    return reader.one(new Statement(VIEWER, { person: id }));
  }

  findOwnProfile(id: string, reader: Reader = this.database): Promise<OwnProfileRow | null> {
    return reader.one(sql`SELECT ${OWN_PROFILE} FROM users u WHERE u.id = ${id}`);
  }

  /** The profile for this viewer; null if the viewer may not see even the card. */
  findProfile(viewerId: string, id: string): Promise<ProfileRow | null> {
    return this.database.one(new Statement(PROFILE, { viewer: viewerId, person: id }));
  }

  findCards(viewerId: string, ids: string[]): Promise<UserCardRow[]> {
    return this.database.many(new Statement(CARDS(sizeOf(ids)), { viewer: viewerId, ids }));
  }

  findCardsOfBlocked(blockerId: string, ids: string[]): Promise<UserCardRow[]> {
    return this.database.many(sql`
      SELECT ${CARD} FROM users u
      WHERE u.id IN (${anyOf(ids)}) AND ${canSeeBlocked(sql`${blockerId}`, sql`u.id`)}`);
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

  async findInactiveReasons(reader: Reader, id: string): Promise<InactiveReason[]> {
    const rows = await reader.many<{ reason: InactiveReason }>(
      sql`SELECT reason FROM inactive_accounts WHERE user_id = ${id}`,
    );
    return rows.map(({ reason }) => reason);
  }

  async findInactiveSince(
    reader: Reader,
    id: string,
    reason: InactiveReason,
  ): Promise<string | null> {
    const row = await reader.one<{ since: string }>(
      sql`SELECT since FROM inactive_accounts WHERE user_id = ${id} AND reason = ${reason}`,
    );
    return row?.since ?? null;
  }

  async addInactiveReason(
    transaction: Transaction,
    id: string,
    reason: InactiveReason,
    since: string,
  ): Promise<void> {
    await transaction.run(sql`
      INSERT INTO inactive_accounts (user_id, reason, since) VALUES (${id}, ${reason}, ${since})
      ON CONFLICT DO NOTHING`);
  }

  async removeInactiveReason(
    transaction: Transaction,
    id: string,
    reason: InactiveReason,
  ): Promise<void> {
    await transaction.delete(InactiveAccount, { userId: id, reason });
  }

  findByEmail(email: string, reader: Reader = this.database): Promise<CredentialsRow | null> {
    return reader.one(sql`SELECT ${CREDENTIALS} FROM users u WHERE u.email = ${email}`);
  }

  findCredentials(id: string, reader: Reader = this.database): Promise<CredentialsRow | null> {
    return reader.one(sql`SELECT ${CREDENTIALS} FROM users u WHERE u.id = ${id}`);
  }

  /** Returns the new version. */
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

  /** Rehashes the same password; the version of the credentials stays. */
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

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(User, { id });
  }

  async update(transaction: Transaction, id: string, values: Partial<User>): Promise<void> {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    if (given.length)
      await transaction.update(User, { id }, Object.fromEntries(given) as Partial<User>);
    if (values.searchName !== undefined)
      await this.names.replace(transaction, id, values.searchName);
  }
}
