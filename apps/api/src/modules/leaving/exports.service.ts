import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataExport, ExportRequest, OwnExport } from '@echomate/contracts/leaving.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { DAY_MS, endOf, isOver } from '../../platform/periods.js';
import {
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { zipOf } from '../../platform/storage/zip.js';
import { Credentials } from '../auth/credentials.service.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { UsersService } from '../users/users.service.js';
import type { Export } from './entities/export.entity.js';
import { ExportContents } from './export-contents.service.js';
import { ExportsRepository } from './exports.repository.js';
import * as mails from './leaving.mails.js';

const MAKE = 'leaving.make-export';
const READY = 'leaving.mail-export';
const REMOVE = 'leaving.remove-exports';

const KEPT = { hours: 24 * LIMITS.account.exportDays };
/** How often the page can see progress. */
const TOLD_EVERY_MS = 1000;
/** After so many tries the person is told that it failed, and can ask again. */
const MAX_TRIES = 4;

/** Archives of all that somebody has here: made by a job, kept for some days, for their owner alone. */
@Injectable()
export class ExportsService implements PersonalData, OnModuleInit {
  readonly module = 'leaving';
  readonly tables = { exports: 'is what this archive came from' };

  constructor(
    private readonly repository: ExportsRepository,
    private readonly contents: ExportContents,
    private readonly credentials: Credentials,
    private readonly accounts: AccountStatesService,
    private readonly users: UsersService,
    private readonly storage: FileStorage,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
    this.jobs.handleHeavy<{ id: string }>(MAKE, ({ id }, run) => this.make(id, run));
    this.jobs.handle<{ id: string }>(READY, ({ id }, run) => this.mail(id, run.id));
    this.jobs.handle<{ ids: string[] }>(REMOVE, async ({ ids }) => {
      for (const id of ids) await this.storage.removeFolder(folderOf(id));
    });
    this.jobs.handleEvery('leaving.expire-exports', 3600, () => this.expire());
  }

  async own({ userId }: RequestViewer): Promise<OwnExport> {
    const row = await this.repository.findNewest(userId);
    return { export: row && !isExpired(row) ? toExport(row) : null };
  }

  async start(viewer: RequestViewer, { password }: ExportRequest): Promise<DataExport> {
    const { userId } = viewer;
    const { credentialsVersion } = await this.credentials.prove(viewer, 'password', password);
    const row: Export = {
      id: uuid(),
      userId,
      state: 'waiting',
      items: 0,
      files: 0,
      bytes: 0,
      readyAt: null,
      createdAt: new Date().toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      const newest = await this.repository.findNewest(userId, transaction);
      if (newest?.state === 'waiting' || newest?.state === 'running')
        throw refuse('export-running');
      const since = new Date(Date.now() - DAY_MS).toISOString();
      const max = LIMITS.account.exportsADay;
      if ((await this.repository.countSince(transaction, userId, since)) >= max)
        throw refuse('too-many-exports', { max });
      await this.repository.insert(transaction, row);
      await this.jobs.enqueue(transaction, MAKE, { id: row.id });
    });
    this.credentials.note('auth.export-asked', userId);
    return toExport(row);
  }

  /** The newest archive of the person, if it is ready and still kept. */
  async archive({ userId }: RequestViewer) {
    const row = await this.repository.findNewest(userId);
    if (row?.state !== 'ready' || isExpired(row)) throw notFound();
    const file = await this.storage.read(nameOf(row.id));
    if (!file) throw notFound();
    return file;
  }

  /** Archives go with the account; one that is being made is removed by its job. */
  remove(userId: string): Promise<void> {
    return this.removeSome((transaction, limit) =>
      this.repository.deleteSomeOf(transaction, userId, limit),
    );
  }

  private expire(): Promise<void> {
    const before = new Date(Date.now() - KEPT.hours * 3600_000).toISOString();
    return this.removeSome((transaction, limit) =>
      this.repository.deleteSomeBefore(transaction, before, limit),
    );
  }

  /** Jobs remove the files; they are saved in the transaction that deletes the rows. */
  private removeSome(
    deleteSome: (transaction: Transaction, limit: number) => Promise<string[]>,
  ): Promise<void> {
    return this.database.inBatches(async (transaction, limit) => {
      const ids = await deleteSome(transaction, limit);
      if (ids.length) await this.jobs.enqueue(transaction, REMOVE, { ids });
      return ids.length;
    });
  }

  /**
   * Begins anew after a crash: what a dead process has left is overwritten. The row decides at the end whether the file
   * may stay: the account may have been hidden or removed meanwhile.
   */
  private async make(id: string, run: JobRun): Promise<void> {
    const row = await this.repository.find(id);
    const isWanted = row !== null && (await this.accounts.reasons(row.userId)).length === 0;
    await this.storage.removeFolder(folderOf(id));
    if (!row || !isWanted || run.attempt > MAX_TRIES) {
      await run.commit(async (transaction) => {
        await this.repository.update(transaction, id, { state: 'failed' });
      });
      return;
    }
    await this.tell(id, { state: 'running', items: 0, files: 0 });
    let toldAt = Date.now();
    const progress = { items: 0, files: 0 };
    const entries = this.contents.of(row.userId, id, run.signal, async (kind) => {
      progress[kind] += 1;
      if (Date.now() - toldAt < TOLD_EVERY_MS) return;
      toldAt = Date.now();
      await this.tell(id, progress);
    });
    await this.storage.put(nameOf(id), zipOf(entries));
    const bytes = (await this.storage.sizeOf(nameOf(id))) ?? 0;
    const isKept = await run.commit(async (transaction) => {
      await locks.users(transaction, row.userId);
      const isActive = await this.accounts.isActive(transaction, row.userId);
      const readyAt = isActive ? new Date().toISOString() : null;
      const state = isActive ? 'ready' : 'failed';
      const values = { ...progress, bytes: isActive ? bytes : 0, readyAt, state } as const;
      const isThere = await this.repository.update(transaction, id, values);
      if (isThere && isActive) await this.jobs.enqueue(transaction, READY, { id });
      else await this.jobs.enqueue(transaction, REMOVE, { ids: [id] });
      return isThere;
    });
    if (!isKept) await this.storage.removeFolder(folderOf(id));
  }

  private tell(id: string, values: Partial<Export>): Promise<boolean> {
    return this.database.transaction((transaction) =>
      this.repository.update(transaction, id, values),
    );
  }

  private async mail(id: string, mailId: string): Promise<void> {
    const row = await this.repository.find(id);
    const user = row && (await this.users.findCredentials(row.userId));
    if (!row?.readyAt || !user || (await this.accounts.reasons(row.userId)).length) return;
    const page = this.mailer.link('/settings/export');
    const mail = mails.exportReady(user.email, page, expiryOf(row));
    await this.mailer.send(mailId, mail);
  }
}

// The last digits of an id are random, so no folder grows too large.
const folderOf = (id: string) => `exports/${id.slice(-2)}/${id}`;
const nameOf = (id: string) => `${folderOf(id)}/archive.zip`;

const expiryOf = ({ createdAt }: Export) => endOf(createdAt, KEPT);
const isExpired = ({ createdAt }: Export) => isOver(createdAt, KEPT, new Date());

const toExport = (row: Export): DataExport => ({
  id: row.id,
  state: row.state,
  items: row.items,
  files: row.files,
  bytes: Number(row.bytes),
  createdAt: row.createdAt,
  expiresAt: row.readyAt === null ? null : expiryOf(row),
});
