import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Viewer } from '@echomate/contracts/auth.dto';
import type {
  OwnProfile,
  ProfileVisibility,
  UpdateProfileRequest,
  UserCard,
} from '@echomate/contracts/users.dto';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { notFound } from '../../platform/http/problem.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { User } from './entities/user.entity.js';
import { Pictures, type PictureKind } from './pictures.service.js';
import { searchNameOf } from './search-name.js';
import { toCard, toOwnProfile, toProfileInfo, toViewer, type ProfileInfo } from './users.mapper.js';
import {
  UserNamesRepository,
  type PeopleList,
  type PeopleSearch,
  type PersonRow,
} from './user-names.repository.js';
import { ProfileChanged, VisibilityChanged } from './users.domain-events.js';
import { UsersRepository } from './users.repository.js';

export type { PeopleList, PersonRow };

const REMOVE_PICTURE = 'users.remove-picture';

export type NewUser = Omit<
  User,
  'id' | 'role' | 'createdAt' | 'bannerId' | 'searchName' | 'credentialsVersion'
>;

@Injectable()
export class UsersService implements OnModuleInit {
  constructor(
    private readonly repository: UsersRepository,
    private readonly names: UserNamesRepository,
    private readonly pictures: Pictures,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ kind: PictureKind; id: string }>(REMOVE_PICTURE, ({ kind, id }) =>
      this.pictures.remove(kind, id),
    );
  }

  // ——— for the person

  async viewer(id: string): Promise<Viewer | null> {
    const row = await this.repository.findCard(id);
    return row && toViewer(row);
  }

  async ownProfile(id: string, reader?: Reader): Promise<OwnProfile> {
    const row = await this.repository.findOwnProfile(id, reader);
    if (!row) throw notFound();
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

  updateVisibility(id: string, visibility: ProfileVisibility): Promise<OwnProfile> {
    return this.change(id, async (transaction, before) => {
      if (before.visibility === visibility) return;
      await this.repository.update(transaction, id, { visibility });
      await this.domainEvents.announce(transaction, new VisibilityChanged(id, visibility));
    });
  }

  async setPicture(kind: PictureKind, id: string, path: string): Promise<OwnProfile> {
    const pictureId = await this.pictures.keep(kind, path, 'file');
    try {
      return await this.replacePicture(kind, id, pictureId);
    } catch (error) {
      await this.pictures.remove(kind, pictureId);
      throw error;
    }
  }

  removePicture(kind: PictureKind, id: string): Promise<OwnProfile> {
    return this.replacePicture(kind, id, null);
  }

  // ——— for whoever may see the person

  /** A picture's bytes obey the rule of what they are part of: the card, or the profile. */
  async picture(
    kind: PictureKind,
    viewerId: string,
    userId: string,
    pictureId: string,
    size: string,
  ) {
    const current =
      kind === 'avatar'
        ? (await this.repository.findAvatar(viewerId, userId))?.avatarId
        : (await this.repository.findBanner(viewerId, userId))?.bannerId;
    const file = current === pictureId ? await this.pictures.read(kind, pictureId, size) : null;
    if (!file) throw notFound();
    return file;
  }

  async profileFor(viewerId: string, id: string): Promise<ProfileInfo> {
    const row = await this.repository.findProfile(viewerId, id);
    if (!row) throw notFound();
    return toProfileInfo(row);
  }

  // ——— for the modules above

  /** The cards of those the viewer may see, by id. */
  async cards(viewerId: string, ids: string[]): Promise<Map<string, UserCard>> {
    const rows = ids.length ? await this.repository.findCards(viewerId, ids) : [];
    return new Map(rows.map((row) => [row.id, toCard(row)]));
  }

  async cardsOfBlocked(blockerId: string, ids: string[]): Promise<Map<string, UserCard>> {
    const rows = ids.length ? await this.repository.findCardsOfBlocked(blockerId, ids) : [];
    return new Map(rows.map((row) => [row.id, toCard(row)]));
  }

  /** Those in a list whom the viewer may know and whose names begin as asked; whoever there is, without a list. */
  findPeople(search: PeopleSearch, list = everyoneBut(search.viewerId)): Promise<PersonRow[]> {
    return this.names.find(list, search);
  }

  /** Whether there is such a person, hidden or not: for what must be possible without seeing them. */
  exists(transaction: Transaction, id: string): Promise<boolean> {
    return this.repository.exists(transaction, id);
  }

  /** The visibility of someone whom the viewer may see, as it is inside the transaction. */
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
  async create(transaction: Transaction, values: NewUser): Promise<string> {
    const isFirst = await this.repository.isEmpty(transaction);
    const id = uuid();
    await this.repository.insert(transaction, {
      ...values,
      id,
      bannerId: null,
      credentialsVersion: 1,
      searchName: searchNameOf(values),
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

  private replacePicture(
    kind: PictureKind,
    id: string,
    pictureId: string | null,
  ): Promise<OwnProfile> {
    const column = kind === 'avatar' ? 'avatarId' : 'bannerId';
    return this.change(id, async (transaction) => {
      const before = (await this.repository.findOwnProfile(id, transaction))![column];
      await this.repository.update(transaction, id, { [column]: pictureId });
      if (before) await this.jobs.enqueue(transaction, REMOVE_PICTURE, { kind, id: before });
      await this.domainEvents.announce(transaction, new ProfileChanged(id));
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
