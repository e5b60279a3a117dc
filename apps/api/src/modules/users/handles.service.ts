import { Injectable, type OnModuleInit } from '@nestjs/common';
import { handleOf, isHandle } from '@echomate/contracts/handles';
import { LIMITS } from '@echomate/contracts/limits';
import type { ProfileFields } from '@echomate/contracts/users.dto';
import { Database } from '../../platform/database/database.service.js';
import type { Reader, Transaction } from '../../platform/database/statements.js';
import type { Handles } from '../../platform/http/person.param.js';
import { invalidField } from '../../platform/http/problem.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { DAY_MS } from '../../platform/periods.js';
import { handlesFrom, isReserved, NAMELESS, numbered } from './handle-suggestions.js';
import { HandlesRepository } from './handles.repository.js';

export type Named = Pick<ProfileFields, 'firstName' | 'lastName'>;

const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

/**
 * Who has which handle. Whether one is free is decided under the lock of accounts, because current and former handles
 * are in two tables. Whoever has it, hidden or not, and whatever else reserves it: the answer is the same.
 */
@Injectable()
export class HandlesService implements Handles, OnModuleInit {
  constructor(
    private readonly repository: HandlesRepository,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('users.free-handles', 3600, () =>
      this.database.inBatches((transaction, limit) =>
        this.repository.deleteExpired(transaction, new Date().toISOString(), limit),
      ),
    );
  }

  async find(viewerId: string, handle: string): Promise<string | null> {
    return (await this.findAll(viewerId, [handle])).get(handle) ?? null;
  }

  /** The ids of those whose card the viewer may see, by handle; former handles lead to people as well. */
  async findAll(
    viewerId: string,
    handles: string[],
    reader: Reader = this.database,
  ): Promise<Map<string, string>> {
    if (!handles.length) return new Map();
    const now = new Date().toISOString();
    const rows = await this.repository.findVisible(reader, viewerId, handles, now);
    return new Map(rows.map(({ handle, id }) => [handle, id]));
  }

  /** A free handle: the wanted one, or else one like it or made of the name. */
  async suggest(
    wanted: string | undefined,
    { firstName, lastName }: Named,
    reader: Reader = this.database,
    forId: string | null = null,
  ): Promise<string> {
    const wish = handleOf(wanted ?? '');
    const fits = isHandle(wish) && !isReserved(wish);
    const made = handlesFrom(firstName, lastName);
    const best = fits ? wish : (made[0] ?? NAMELESS);
    const attempts = [
      [...(fits ? [wish] : []), ...made],
      ...[2, 3, 4, 5, 6].map((digits) => numbered(best, digits)),
    ];
    for (const handles of attempts) {
      const free = await this.firstFree(reader, handles, forId);
      if (free) return free;
    }
    throw new Error(`No free handle like ${best}`);
  }

  /** Refuses a handle that somebody cannot have, and names one that they can. */
  async assertFree(
    handle: string,
    named: Named,
    reader: Reader = this.database,
    forId: string | null = null,
  ): Promise<void> {
    const free = await this.suggest(handle, named, reader, forId);
    if (free !== handle) throw invalidField('handle', 'handle-taken', { handle, free });
  }

  /**
   * Keeps the former handle for the person who gives it up. The caller holds the lock of accounts and has asserted that
   * the new one is free.
   */
  async giveUp(transaction: Transaction, userId: string, next: string): Promise<void> {
    const kept = await this.repository.findFormer(userId, new Date().toISOString(), transaction);
    const others = kept.filter(({ handle }) => handle !== next);
    if (others.length >= LIMITS.handle.maxKept)
      throw invalidField('handle', 'handle-changed-often', {
        day: day(others[0]!.until),
        handles: others.map((former) => `@${former.handle}`).join(', '),
      });
    const current = await this.repository.findOf(transaction, userId);
    await this.repository.free(transaction, next);
    if (current !== null) await this.keep(transaction, current, userId);
  }

  /** Nobody can soon appear as somebody whose account is gone. The caller holds the lock of accounts. */
  async keepOfRemoved(transaction: Transaction, userId: string): Promise<void> {
    const current = await this.repository.findOf(transaction, userId);
    if (current !== null) await this.keep(transaction, current, null);
  }

  former(userId: string) {
    return this.repository.findFormer(userId, new Date().toISOString());
  }

  private keep(transaction: Transaction, handle: string, userId: string | null): Promise<void> {
    const until = daysFromNow(LIMITS.handle.keptDays);
    return this.repository.keep(transaction, { handle, userId, until });
  }

  private async firstFree(
    reader: Reader,
    handles: string[],
    forId: string | null,
  ): Promise<string | undefined> {
    if (!handles.length) return undefined;
    const now = new Date().toISOString();
    const taken = await this.repository.findTaken(reader, handles, now, forId);
    return handles.find((handle) => !taken.has(handle));
  }
}

const day = (iso: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
