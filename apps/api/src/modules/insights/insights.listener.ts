import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { quarterAt } from '../../platform/visits/visits.js';
import { FollowEnded, FollowersGained } from '../follows/follows.domain-events.js';
import { VisitCountingRepository } from './visit-counting.repository.js';

/** Followers are counted with the follow itself, whose transaction holds the lock of the person. */
@Injectable()
export class InsightsListener implements OnModuleInit {
  constructor(
    private readonly domainEvents: DomainEvents,
    private readonly repository: VisitCountingRepository,
  ) {}

  onModuleInit(): void {
    this.domainEvents.inTransaction(FollowersGained, ({ followeeId, followerIds }, transaction) =>
      this.add(transaction, 'gained', followeeId, followerIds.length),
    );
    this.domainEvents.inTransaction(FollowEnded, ({ followeeId }, transaction) =>
      this.add(transaction, 'lost', followeeId, 1),
    );
  }

  private add(
    transaction: Transaction,
    kind: 'gained' | 'lost',
    ownerId: string,
    people: number,
  ): Promise<void> {
    const quarter = quarterAt(Date.now());
    return this.repository.addFollowers(transaction, kind, { ownerId, quarter, people });
  }
}
