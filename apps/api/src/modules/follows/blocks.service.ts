import { Injectable } from '@nestjs/common';
import type { PeoplePage } from '@echomate/contracts/follows.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { refuse } from '../../platform/http/problem.js';
import { UsersService } from '../users/users.service.js';
import { BlocksRepository } from './blocks.repository.js';
import { PeopleService } from './people.service.js';
import { PersonBlocked } from './follows.domain-events.js';
import { FollowsService } from './follows.service.js';

/** Blocking hides two people from each other; muting affects only the one who mutes. */
@Injectable()
export class BlocksService {
  constructor(
    private readonly repository: BlocksRepository,
    private readonly follows: FollowsService,
    private readonly users: UsersService,
    private readonly people: PeopleService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  /**
   * The answer is the same whether the person exists, has blocked the caller, or never existed: nobody must learn that
   * they were blocked.
   */
  async block(blockerId: string, blockedId: string): Promise<void> {
    await this.database.transaction((transaction) =>
      this.blockIn(transaction, blockerId, blockedId),
    );
  }

  async blockIn(transaction: Transaction, blockerId: string, blockedId: string): Promise<void> {
    if (blockerId === blockedId) throw refuse('block-yourself');
    await locks.users(transaction, blockerId, blockedId);
    if (await this.repository.isBlocking(transaction, blockerId, blockedId)) return;
    if (!(await this.users.exists(transaction, blockedId))) return;
    await this.follows.endBetween(transaction, blockerId, blockedId);
    await this.repository.block(transaction, blockerId, blockedId);
    await this.domainEvents.announce(transaction, new PersonBlocked(blockerId, blockedId));
  }

  async unblock(blockerId: string, blockedId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, blockerId, blockedId);
      await this.repository.unblock(transaction, blockerId, blockedId);
    });
  }

  async mute(muterId: string, mutedId: string): Promise<void> {
    if (muterId === mutedId) throw refuse('mute-yourself');
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, muterId, mutedId);
      await this.users.visibilityOf(transaction, muterId, mutedId);
      await this.repository.mute(transaction, muterId, mutedId);
    });
  }

  async unmute(muterId: string, mutedId: string): Promise<void> {
    await this.database.transaction((transaction) =>
      this.repository.unmute(transaction, muterId, mutedId),
    );
  }

  async blocked(blockerId: string, { cursor, limit }: PageQuery): Promise<PeoplePage> {
    const rows = await this.repository.findBlocked(blockerId, afterId(cursor), limit + 1);
    const known = await this.users.cardsOfBlocked(
      blockerId,
      rows.map(({ userId }) => userId),
    );
    const cards = await this.people.withRelations(blockerId, [...known.values()]);
    return pageOf(rows, limit, ({ userId }) => cards.find(({ id }) => id === userId));
  }

  async muted(muterId: string, { cursor, limit }: PageQuery): Promise<PeoplePage> {
    const rows = await this.repository.findMuted(muterId, afterId(cursor), limit + 1);
    const cards = await this.people.cards(
      muterId,
      rows.map(({ userId }) => userId),
    );
    return pageOf(rows, limit, ({ userId }) => cards.get(userId));
  }
}
