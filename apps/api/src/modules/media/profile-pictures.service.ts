import { Injectable } from '@nestjs/common';
import type { OwnProfile } from '@echomate/contracts/users.dto';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { notFound } from '../../platform/http/problem.js';
import { Images } from '../../platform/images/images.js';
import type { FileToAnswer } from '../../platform/storage/file-answer.js';
import { profilePicture } from '../../platform/storage/received-file.js';
import { UsersService, type ProfilePicture } from '../users/users.service.js';
import { BOXES, MediaFiles, type Variant } from './media-files.service.js';
import { FIELD, MediaReceiving, type Prepared, type Receive } from './media-receiving.service.js';
import { MediaRepository } from './media.repository.js';

/** Avatars and banners: media of which each person has at most one. */
@Injectable()
export class ProfilePicturesService {
  constructor(
    private readonly receiving: MediaReceiving,
    private readonly repository: MediaRepository,
    private readonly files: MediaFiles,
    private readonly images: Images,
    private readonly users: UsersService,
    private readonly database: Database,
  ) {}

  // ——— for the person

  replace(purpose: ProfilePicture, ownerId: string, receive: Receive): Promise<OwnProfile> {
    return this.receiving.receive(
      { ownerId, purpose },
      profilePicture(FIELD),
      receive,
      (path) => this.prepare(purpose, path, FIELD),
      (picture) =>
        this.receiving.keep({ ownerId, purpose }, picture, {
          finish: (transaction, { id }) => this.show(transaction, purpose, ownerId, id),
        }),
    );
  }

  remove(purpose: ProfilePicture, ownerId: string): Promise<OwnProfile> {
    return this.database.transaction((transaction) =>
      this.show(transaction, purpose, ownerId, null),
    );
  }

  // ——— for viewers of the person

  async file(
    purpose: ProfilePicture,
    viewerId: string,
    ownerId: string,
    id: string,
    variant: string,
  ): Promise<FileToAnswer> {
    const row = await this.repository.findVisible(viewerId, purpose, id);
    const file = row?.ownerId === ownerId ? this.files.find(row, variant as Variant) : null;
    if (!file) throw notFound();
    return file;
  }

  // ——— for registrations, whose avatar exists before the person

  /** Refuses, naming this field, files that cannot be used. */
  async prepare(purpose: ProfilePicture, path: string, field: string): Promise<Prepared> {
    const { pictures, ...shown } = await this.images.stills(path, field, BOXES[purpose]);
    return { kind: 'image', durationMs: null, ...shown, variants: pictures };
  }

  /** `begin` writes the registration; `finish` runs when its avatar is stored. */
  keepForRegistration(
    registrationId: string,
    avatar: Prepared,
    { begin, finish }: Record<'begin' | 'finish', (transaction: Transaction) => Promise<void>>,
  ): Promise<void> {
    return this.receiving.keep({ registrationId, purpose: 'avatar' }, avatar, {
      begin,
      finish: async (transaction, { id }) => {
        // Another registration may have opened the account of this address meanwhile, which deletes this one.
        if (!(await this.repository.settle(transaction, id, { status: 'ready' })))
          await this.files.removeLater(transaction, [id], 'avatar');
        await finish(transaction);
      },
    });
  }

  /** When the registration becomes a person. */
  async giveToPerson(
    transaction: Transaction,
    registrationId: string,
    userId: string,
  ): Promise<void> {
    const id = await this.repository.giveToPerson(transaction, registrationId, userId);
    if (id !== null) await this.users.showPicture(transaction, userId, 'avatar', id);
  }

  /** Before the registration is deleted. */
  async removeOfRegistration(transaction: Transaction, registrationId: string): Promise<void> {
    const gone = await this.repository.deleteOfRegistration(transaction, registrationId);
    if (gone !== null) await this.files.removeLater(transaction, [gone], 'avatar');
  }

  // ———

  private async show(
    transaction: Transaction,
    purpose: ProfilePicture,
    ownerId: string,
    id: string | null,
  ): Promise<OwnProfile> {
    await this.users.showPicture(transaction, ownerId, purpose, id);
    await locks.mediaOf(transaction, ownerId);
    const before = await this.repository.deleteShown(transaction, ownerId, purpose);
    if (before !== null) await this.files.removeLater(transaction, [before], purpose);
    if (id !== null && !(await this.repository.settle(transaction, id, { status: 'ready' })))
      throw notFound();
    return this.users.ownProfile(ownerId, transaction);
  }
}
