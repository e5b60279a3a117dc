import { Injectable } from '@nestjs/common';
import type { Viewer } from '@echomate/contracts/auth.dto';
import { may, type Permission } from '@echomate/contracts/permissions';
import type {
  OwnProfile,
  ProfileFields,
  ProfileInfo,
  ProfileVisibility,
  UpdateProfileRequest,
  UserCard,
} from '@echomate/contracts/users.dto';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import type { ProfilePicture, User } from './entities/user.entity.js';
import { HandlesService } from './handles.service.js';
import { DEFAULTS } from './profile-fields.js';
import { searchTextOf } from '../../platform/search-words.js';
import { toCard, toOwnProfile, toProfileInfo, toViewer } from './users.mapper.js';
import {
  UserNamesRepository,
  type PeopleList,
  type PeopleSearch,
  type PersonRow,
} from './user-names.repository.js';
import { ProfileChanged, VisibilityChanged } from './users.domain-events.js';
import { UsersRepository } from './users.repository.js';

export type { PeopleList, PersonRow, ProfilePicture };

const PICTURE_COLUMNS = { avatar: 'avatarId', banner: 'bannerId' } as const;

/** Every name and the handle. */
const searchNameOf = (names: {
  firstName: string;
  lastName: string;
  nickname: string | null;
  handle: string;
}): string => searchTextOf(names.firstName, names.lastName, names.nickname, names.handle);

export type NewUser = ProfileFields &
  Pick<User, 'email' | 'passwordHash'> & { handle?: string | null };

@Injectable()
export class UsersService {
  constructor(
    private readonly repository: UsersRepository,
    private readonly names: UserNamesRepository,
    private readonly handles: HandlesService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** As roles stand now: a permission ends at once, in open sessions too. */
  async may(userId: string, permission: Permission): Promise<boolean> {
    const viewer = await this.repository.findViewer(userId);
    return viewer !== null && may(viewer.role, permission);
  }

  /** In the transaction that does it: the role may have ended since the request was let in. */
  async assertMay(transaction: Transaction, userId: string, permission: Permission): Promise<void> {
    const viewer = await this.repository.findViewer(userId, transaction);
    if (!viewer || !may(viewer.role, permission)) throw refuse('not-permitted');
  }

  /** Whether nobody has an account here yet. */
  isNew(reader: Reader = this.database): Promise<boolean> {
    return this.repository.isEmpty(reader);
  }

  // ——— for the person

  async viewer(id: string): Promise<Viewer | null> {
    const row = await this.repository.findViewer(id);
    return row && toViewer(row);
  }

  async ownProfile(id: string, reader?: Reader): Promise<OwnProfile> {
    const row = await this.repository.findOwnProfile(id, reader);
    // The account was removed while the request was under way.
    if (!row) throw refuse('not-signed-in');
    return toOwnProfile(row);
  }

  updateProfile(id: string, changes: UpdateProfileRequest): Promise<OwnProfile> {
    return this.change(id, async (transaction, before) => {
      const after = { ...before, ...definedIn(changes) };
      await this.repository.update(transaction, id, {
        ...changes,
        searchName: searchNameOf(after),
      });
      await this.domainEvents.announce(transaction, new ProfileChanged(id));
    });
  }

  /** The one before leads to the person for a while, and nobody else can have it. */
  updateHandle(id: string, handle: string): Promise<OwnProfile> {
    return this.database.transaction(async (transaction) => {
      await locks.accounts(transaction);
      await locks.users(transaction, id);
      const before = await this.ownProfile(id, transaction);
      if (before.handle === handle) return before;
      await this.handles.assertFree(handle, before, transaction, id);
      await this.handles.giveUp(transaction, id, handle);
      const after = { ...before, handle };
      await this.repository.update(transaction, id, { handle, searchName: searchNameOf(after) });
      await this.domainEvents.announce(transaction, new ProfileChanged(id));
      return after;
    });
  }

  updateVisibility(id: string, visibility: ProfileVisibility): Promise<OwnProfile> {
    return this.change(id, async (transaction, before) => {
      if (before.visibility === visibility) return;
      await this.repository.update(transaction, id, { visibility });
      await this.domainEvents.announce(transaction, new VisibilityChanged(id, visibility));
    });
  }

  /** First steps are done, or unwanted. */
  async settle(id: string): Promise<void> {
    await this.database.transaction((transaction) =>
      this.repository.update(transaction, id, { isSettled: true }),
    );
  }

  // ——— for viewers of the person

  async profileFor(viewerId: string, id: string): Promise<ProfileInfo> {
    const row = await this.repository.findProfile(viewerId, id);
    if (!row) throw notFound();
    return toProfileInfo(row);
  }

  // ——— for other modules

  /** Cards that the viewer may see, by id. */
  async cards(viewerId: string, ids: string[]): Promise<Map<string, UserCard>> {
    const rows = ids.length ? await this.repository.findCards(viewerId, ids) : [];
    return new Map(rows.map((row) => [row.id, toCard(row)]));
  }

  async cardsOfBlocked(blockerId: string, ids: string[]): Promise<Map<string, UserCard>> {
    const rows = ids.length ? await this.repository.findCardsOfBlocked(blockerId, ids) : [];
    return new Map(rows.map((row) => [row.id, toCard(row)]));
  }

  /** People in a list whose card the viewer may see and whose names match; without a list, among everyone. */
  findPeople(search: PeopleSearch, list = everyoneBut(search.viewerId)): Promise<PersonRow[]> {
    return this.names.find(list, search);
  }

  /** People whose names differ from the query by a slip of the hand. */
  findPeopleAlike(search: PeopleSearch): Promise<PersonRow[]> {
    return this.names.findAlike(search);
  }

  /** Whether the person exists, hidden or not: for actions that must work without seeing them. */
  exists(transaction: Transaction, id: string): Promise<boolean> {
    return this.repository.exists(transaction, id);
  }

  /** The visibility of somebody whom the viewer may see, read in the transaction. */
  async visibilityOf(
    transaction: Transaction,
    viewerId: string,
    id: string,
  ): Promise<ProfileVisibility> {
    const row = await this.repository.findVisible(viewerId, id, transaction);
    if (!row) throw notFound();
    return row.visibility;
  }

  findByEmail(email: string, reader?: Reader) {
    return this.repository.findByEmail(email, reader);
  }

  findCredentials(id: string, reader?: Reader) {
    return this.repository.findCredentials(id, reader);
  }

  /** Opens an account. The caller holds the lock on accounts, so that only one can be the first. */
  async create(transaction: Transaction, given: NewUser): Promise<string> {
    const handle = await this.handles.suggest(given.handle ?? undefined, given, transaction);
    const values = { ...DEFAULTS, ...given, handle };
    const isFirst = await this.repository.isEmpty(transaction);
    const id = uuid();
    await this.repository.insert(transaction, {
      ...values,
      id,
      avatarId: null,
      bannerId: null,
      credentialsVersion: 1,
      searchName: searchNameOf(values),
      isSettled: false,
      role: isFirst ? 'admin' : 'member',
      createdAt: new Date().toISOString(),
    });
    return id;
  }

  /** The caller holds the person's lock. */
  changeCredentials(
    transaction: Transaction,
    id: string,
    change: { email?: string; passwordHash?: string },
  ): Promise<number> {
    return this.repository.changeCredentials(transaction, id, change);
  }

  /** Sets the avatar or banner: the id of a `media` row, or null for none. The caller keeps that row. */
  async showPicture(
    transaction: Transaction,
    id: string,
    picture: ProfilePicture,
    mediumId: string | null,
  ): Promise<void> {
    await locks.users(transaction, id);
    await this.repository.update(transaction, id, { [PICTURE_COLUMNS[picture]]: mediumId });
    await this.domainEvents.announce(transaction, new ProfileChanged(id));
  }

  replaceHash(
    transaction: Transaction,
    id: string,
    hashes: { from: string; to: string },
  ): Promise<void> {
    return this.repository.replaceHash(transaction, id, hashes);
  }

  // ———

  private change(
    id: string,
    work: (transaction: Transaction, before: OwnProfile) => Promise<void>,
  ): Promise<OwnProfile> {
    return this.database.transaction(async (transaction) => {
      await locks.users(transaction, id);
      await work(transaction, await this.ownProfile(id, transaction));
      return this.ownProfile(id, transaction);
    });
  }
}

const everyoneBut = (viewerId: string): PeopleList => ({
  rows: sql`users everyone WHERE everyone.id <> ${viewerId}`,
  id: sql`everyone.id`,
  person: sql`everyone.id`,
  rowOf: sql`CASE WHEN u.id <> ${viewerId} THEN u.id END`,
});

const definedIn = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]: Exclude<Values[Name], undefined>;
  };
