import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { DataImport, OwnImport } from '@echomate/contracts/importing.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Reader } from '../../platform/database/statements.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { Expected } from '../../platform/storage/receive-file.js';
import { Scratch } from '../../platform/storage/scratch.js';
import { ArchiveRefused } from '../../platform/storage/unzip.js';
import { DAY_MS } from '../../platform/periods.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { ArchiveJudging, NOTHING_YET, type SoFar } from './archive-judging.service.js';
import { AccountClosed, ArchiveImportService } from './archive-import.service.js';
import type { Import } from './entities/import.entity.js';
import { toImport } from './imports.mapper.js';
import { ImportsRepository } from './imports.repository.js';
import { KnownPeopleService } from './known-people.service.js';

const CHECK = 'importing.check';
const IMPORT = 'importing.bring';
const REMOVE = 'importing.remove-archives';

const FIELD = 'file';
const ZIP = Buffer.from('PK\u0003\u0004');
/** Then others who wait for heavy work have their turn. */
const TURN_MS = 20_000;
/** After so many tries the person is told that it failed, and can import the archive again. */
const MAX_TRIES = 4;
/** Storing a file that was received takes less. */
const STORED_WITHIN_MS = 15 * 60_000;
const RUNNING: Import['state'][] = ['receiving', 'waiting', 'checking', 'running'];

/** Archives of other installations: received, judged whole, then imported by jobs that may be interrupted at any time. */
@Injectable()
export class ImportsService implements OnModuleInit {
  private readonly logger = new Logger(ImportsService.name);

  constructor(
    private readonly repository: ImportsRepository,
    private readonly judging: ArchiveJudging,
    private readonly archiveImport: ArchiveImportService,
    private readonly people: KnownPeopleService,
    private readonly accounts: AccountStatesService,
    private readonly storage: FileStorage,
    private readonly scratch: Scratch,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleHeavy<{ id: string; soFar?: SoFar }>(CHECK, ({ id, soFar }, run) =>
      this.attempt(id, run, (row) => this.check(row, soFar ?? NOTHING_YET, run)),
    );
    this.jobs.handleHeavy<{ id: string }>(IMPORT, ({ id }, run) =>
      this.attempt(id, run, (row) => this.importArchive(row, run)),
    );
    this.jobs.handle<{ ids: string[] }>(REMOVE, async ({ ids }) => {
      for (const id of ids) await this.storage.removeFolder(folderOf(id));
    });
    this.jobs.handleEvery('importing.expire', 600, () => this.expire());
  }

  async own(userId: string): Promise<OwnImport> {
    const row = await this.repository.findNewest(userId);
    return { import: row && toImport(row) };
  }

  /** Streams the archive to the disk, then to the storage; refuses before a byte of it has come. */
  async start(
    userId: string,
    receive: (expected: Expected) => Promise<unknown>,
  ): Promise<DataImport> {
    await this.assertMayStart(userId, this.database);
    const row = await this.scratch.within(async (folder) => {
      const path = join(folder, 'archive');
      const { maxBytes } = LIMITS.import;
      await receive({ field: FIELD, path, maxBytes, tellingBytes: ZIP.length, judge });
      return this.keep(userId, path);
    });
    return toImport(row);
  }

  /** Removes the rows with an account; jobs remove the files. */
  removeAll(userId: string): Promise<void> {
    return this.database.inBatches(async (transaction, limit) => {
      const ids = await this.repository.deleteSomeOf(transaction, userId, limit);
      if (ids.length) await this.jobs.enqueue(transaction, REMOVE, { ids });
      return ids.length;
    });
  }

  /** The row comes first: a file without one would be lost. */
  private async keep(userId: string, path: string): Promise<Import> {
    const row: Import = {
      id: uuid(),
      userId,
      state: 'receiving',
      fault: null,
      faultFile: null,
      origin: null,
      name: null,
      total: 0,
      tally: '[]',
      finishedAt: null,
      createdAt: new Date().toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, userId);
      if (!(await this.accounts.isActive(transaction, userId))) throw refuse('not-signed-in');
      await this.assertMayStart(userId, transaction);
      await this.repository.insert(transaction, row);
    });
    try {
      await this.storage.put(nameOf(row.id), createReadStream(path));
      const isThere = await this.database.transaction(async (transaction) => {
        const state = 'waiting';
        if (!(await this.repository.update(transaction, row.id, { state }))) return false;
        await this.jobs.enqueue(transaction, CHECK, { id: row.id });
        return true;
      });
      // Gone with the account.
      if (!isThere) throw refuse('not-signed-in');
      return { ...row, state: 'waiting' };
    } catch (error) {
      await this.database.transaction(async (transaction) => {
        await this.repository.delete(transaction, row.id);
        await this.jobs.enqueue(transaction, REMOVE, { ids: [row.id] });
      });
      throw error;
    }
  }

  private async assertMayStart(userId: string, reader: Reader): Promise<void> {
    const newest = await this.repository.findNewest(userId, reader);
    if (newest && RUNNING.includes(newest.state)) throw refuse('import-running');
    const since = new Date(Date.now() - DAY_MS).toISOString();
    const max = LIMITS.import.perDay;
    if ((await this.repository.countSince(reader, userId, since)) >= max)
      throw refuse('too-many-imports', { max });
  }

  private async attempt(
    id: string,
    run: JobRun,
    work: (row: Import) => Promise<void>,
  ): Promise<void> {
    const row = await this.repository.find(id);
    const isActive = row !== null && (await this.accounts.reasons(row.userId)).length === 0;
    if (!isActive || run.attempt > MAX_TRIES) return this.end(id, run, { state: 'failed' });
    try {
      await work(row);
    } catch (error) {
      if (run.signal.aborted) throw error;
      if (error instanceof AccountClosed) return this.end(id, run, { state: 'failed' });
      if (!(error instanceof ArchiveRefused)) throw error;
      this.logger.log({ err: error, import: id }, 'An archive was refused');
      const { fault, file } = error;
      // It was whole when it was checked: then the storage is at fault.
      if (row.state === 'running') throw error;
      await this.end(id, run, { state: 'refused', fault, faultFile: file?.slice(0, 300) ?? null });
    }
  }

  private async end(id: string, run: JobRun, values: Partial<Import>): Promise<void> {
    const finishedAt = new Date().toISOString();
    await run.commit(async (transaction) => {
      await this.repository.update(transaction, id, { ...values, finishedAt });
      await this.jobs.enqueue(transaction, REMOVE, { ids: [id] });
    });
  }

  private async check(row: Import, before: SoFar, run: JobRun): Promise<void> {
    const { id, userId } = row;
    await this.database.transaction((transaction) =>
      this.repository.update(transaction, id, { state: 'checking' }),
    );
    const { contents, total, soFar } = await this.judging.judge(nameOf(id), userId, {
      soFar: before,
      signal: run.signal,
      hasTime: oneTurn(),
    });
    if (soFar)
      return run.commit((transaction) => this.jobs.enqueue(transaction, CHECK, { id, soFar }));
    const { firstName, lastName } = contents.person;
    await run.commit(async (transaction) => {
      await this.repository.update(transaction, id, {
        state: 'running',
        total,
        origin: contents.origin.origin,
        name: `${firstName} ${lastName}`,
      });
      await this.jobs.enqueue(transaction, IMPORT, { id });
    });
  }

  private async importArchive(row: Import, run: JobRun): Promise<void> {
    const contents = await this.judging.open(nameOf(row.id));
    const turn = { row, contents, hasTime: oneTurn(), signal: run.signal };
    if (await this.archiveImport.run(turn)) {
      await this.people.look(row.userId, contents, run.signal);
      return this.end(row.id, run, { state: 'done' });
    }
    await run.commit((transaction) => this.jobs.enqueue(transaction, IMPORT, { id: row.id }));
  }

  private async expire(): Promise<void> {
    const before = new Date(Date.now() - STORED_WITHIN_MS).toISOString();
    await this.database.inBatches(async (transaction, limit) => {
      const ids = await this.repository.failSomeReceivedBefore(transaction, before, limit);
      if (ids.length) await this.jobs.enqueue(transaction, REMOVE, { ids });
      return ids.length;
    });
    await this.people.expire(new Date(Date.now() - LIMITS.import.peopleDays * DAY_MS));
  }
}

/** Whether there is time. It runs from the first thing on: reading up to it may take longer than a turn. */
function oneTurn(): () => boolean {
  let endsAt: number | null = null;
  return () => Date.now() < (endsAt ??= Date.now() + TURN_MS);
}

function judge(start: Buffer): number {
  if (!start.subarray(0, ZIP.length).equals(ZIP)) throw invalidField(FIELD, 'not-a-zip');
  return LIMITS.import.maxBytes;
}

// The last digits of an id are random, so no folder grows too large.
const folderOf = (id: string) => `imports/${id.slice(-2)}/${id}`;
const nameOf = (id: string) => `${folderOf(id)}/archive.zip`;
