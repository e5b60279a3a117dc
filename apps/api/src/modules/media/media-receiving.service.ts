import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import { isAbandoned } from '../../platform/http/request-context.js';
import type { Expected } from '../../platform/storage/receive-file.js';
import { Scratch } from '../../platform/storage/scratch.js';
import { AccountStatesService } from '../users/account-states.service.js';
import type { Medium } from './entities/medium.entity.js';
import { MediaFiles, type Variant } from './media-files.service.js';
import { MediaRepository } from './media.repository.js';

/** The form field of the file. */
export const FIELD = 'file';
/** Uploads one person may send at once: enough for two posts; more would only fill the disk. */
const AT_ONCE = 8;

/** Receives the file of the current request. */
export type Receive = (expected: Expected) => Promise<unknown>;

/** A checked upload, with everything made of it within the request. */
export interface Prepared extends Pick<
  Medium,
  'kind' | 'width' | 'height' | 'durationMs' | 'placeholder'
> {
  variants: Partial<Record<Variant, Buffer>>;
}

type Owned = Pick<Medium, 'purpose'> & Partial<Pick<Medium, 'ownerId' | 'registrationId'>>;

interface Steps<Result> {
  /** Path of the upload, if a job has to process it */
  original?: string | undefined;
  /** Runs before the row is inserted, in its transaction */
  begin?: (transaction: Transaction) => Promise<void>;
  /** Runs when the files are stored */
  finish(transaction: Transaction, row: Medium): Promise<Result>;
}

/** Common to all uploads, whatever their purpose. */
@Injectable()
export class MediaReceiving {
  private readonly running = new Map<string, number>();

  constructor(
    private readonly repository: MediaRepository,
    private readonly files: MediaFiles,
    private readonly accounts: AccountStatesService,
    private readonly scratch: Scratch,
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** Receives one of the few files that a person may send at once, if the quota allows. */
  receive<Made, Result>(
    { ownerId, purpose }: Owned & { ownerId: string },
    expected: Omit<Expected, 'path'>,
    receive: Receive,
    prepare: (path: string, folder: string) => Promise<Made>,
    keep: (made: Made, path: string) => Promise<Result>,
  ): Promise<Result> {
    return this.countingFor(ownerId, async () => {
      // Checked first, so that nobody sends 200 MB only to be refused.
      this.assertRoom(await this.repository.countBytes(this.database, ownerId, purpose), 1);
      return this.scratch.within(async (folder) => {
        const path = join(folder, 'upload');
        await receive({ ...expected, path });
        const made = await prepare(path, folder);
        if (isAbandoned()) throw refuse('unavailable');
        return keep(made, path);
      });
    });
  }

  /** Inserts the row first, which reserves the quota: files without a row would be lost and uncounted. */
  async keep<Result>(
    { ownerId = null, registrationId = null, purpose }: Owned,
    { variants, ...shown }: Prepared,
    { original, begin, finish }: Steps<Result>,
  ): Promise<Result> {
    const row: Medium = {
      id: uuid(),
      ownerId,
      registrationId,
      purpose,
      ...shown,
      status: 'processing',
      bytes: 0,
      alt: null,
      postId: null,
      commentId: null,
      groupId: null,
      messageId: null,
      position: 0,
      createdAt: new Date().toISOString(),
    };
    const kept = this.files.toKeep(row, variants);
    row.bytes = sizeOf(kept) + (original === undefined ? 0 : (await stat(original)).size);
    await this.database.transaction(async (transaction) => {
      await begin?.(transaction);
      if (ownerId !== null) {
        // An upload takes minutes: the account may have been closed meanwhile.
        await locks.users(transaction, ownerId);
        if ((await this.accounts.reasons(ownerId, transaction)).length)
          throw refuse('not-signed-in');
        await locks.mediaOf(transaction, ownerId);
        const used = await this.repository.countBytes(transaction, ownerId, purpose);
        this.assertRoom(used, row.bytes);
      }
      await this.repository.insert(transaction, row);
    });
    try {
      await this.files.put(row, kept);
      if (original !== undefined) await this.files.putOriginal(row.id, createReadStream(original));
      return await this.database.transaction((transaction) => finish(transaction, row));
    } catch (error) {
      const wasThere = await this.database.transaction(async (transaction) => {
        await this.files.removeLater(transaction, [row.id], purpose);
        return this.repository.delete(transaction, row.id);
      });
      // Gone with the account, whose removal took away the folder that was being written to.
      if (!wasThere && ownerId !== null) throw refuse('not-signed-in');
      throw error;
    }
  }

  private assertRoom(used: number, more: number): void {
    const { mediaQuotaBytes } = this.config;
    if (used + more <= mediaQuotaBytes) return;
    throw invalidField(FIELD, 'storage-full', { max: Math.round(mediaQuotaBytes / 1024 / 1024) });
  }

  private async countingFor<Result>(ownerId: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.running.get(ownerId) ?? 0;
    if (running >= AT_ONCE) throw refuse('too-many-uploads', { max: AT_ONCE });
    this.running.set(ownerId, running + 1);
    try {
      return await work();
    } finally {
      const left = this.running.get(ownerId)! - 1;
      if (left) this.running.set(ownerId, left);
      else this.running.delete(ownerId);
    }
  }
}

const sizeOf = (variants: Partial<Record<Variant, Buffer>>) =>
  Object.values(variants).reduce((sum, { length }) => sum + length, 0);
