import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { AccountStateChanged } from '../users/users.domain-events.js';
import { changesOf, FollowCountsRepository, summed } from './follow-counts.repository.js';
import { FollowsRepository } from './follows.repository.js';

/** Counters of others exclude inactive accounts, so that reading a counter needs no check. */
@Injectable()
export class FollowRecountService implements OnModuleInit {
  constructor(
    private readonly repository: FollowsRepository,
    private readonly counts: FollowCountsRepository,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durably([AccountStateChanged], 'follows.recount', ({ userId }) =>
      this.recount(userId),
    );
  }

  /** Computed from the current state, so it may run any number of times and in any order. */
  async recount(userId: string): Promise<void> {
    for (const side of ['following', 'followers'] as const)
      // A request may be accepted between the two, but not the other way round.
      for (const status of ['requested', 'accepted'] as const)
        await inPortionsOfIds(
          (after, limit) => this.repository.findIdsOf(userId, side, status, after, limit),
          (ids) =>
            this.database.transaction(async (transaction) => {
              const changed = await this.repository.recount(transaction, ids);
              const changes = changed.map((follow) => changesOf(follow, follow.isCounted ? 1 : -1));
              await this.counts.add(transaction, summed(changes));
            }),
        );
  }
}
