import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FollowState } from '@echomate/contracts/follows.dto';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { VisibilityChanged } from '../users/users.domain-events.js';
import { UsersService } from '../users/users.service.js';
import type { Follow } from './entities/follow.entity.js';
import { FollowCountsRepository } from './follow-counts.repository.js';
import { FollowEnded, FollowersGained, FollowRequested } from './follows.domain-events.js';
import { askAgainAt, mayAskAgain } from './follows.policy.js';
import { FollowsRepository } from './follows.repository.js';

const ACCEPT_WAITING = 'follows.accept-waiting';
const ACCEPTED_AT_ONCE = 20;

/** Following, asking, answering, ending. Every change of a pair happens under the lock of both people. */
@Injectable()
export class FollowsService implements OnModuleInit {
  constructor(
    private readonly repository: FollowsRepository,
    private readonly counts: FollowCountsRepository,
    private readonly users: UsersService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.domainEvents.inTransaction(VisibilityChanged, async (changed, transaction) => {
      if (changed.visibility === 'public') await this.acceptWaiting(transaction, changed.userId);
    });
    this.jobs.handle<{ followeeId: string }>(ACCEPT_WAITING, ({ followeeId }, run) =>
      run.commit(async (transaction) => {
        await locks.users(transaction, followeeId);
        const { visibility } = await this.users.ownProfile(followeeId, transaction);
        // Turned private again: those who still wait are asked about as usual.
        if (visibility === 'public') await this.acceptWaiting(transaction, followeeId);
      }),
    );
  }

  async follow(followerId: string, followeeId: string): Promise<FollowState> {
    if (followerId === followeeId) throw refuse('conflict', 'You cannot follow yourself.');
    return this.database.transaction(async (transaction) => {
      await locks.users(transaction, followerId, followeeId);
      const visibility = await this.users.visibilityOf(transaction, followerId, followeeId);
      const existing = await this.repository.find(transaction, followerId, followeeId);
      if (existing && existing.status !== 'declined') return stateOf(existing);
      if (existing) {
        if (visibility === 'private' && !mayAskAgain(existing.decidedAt!, new Date())) {
          throw refuse(
            'conflict',
            'Your request was declined. You can ask again a day after the answer.',
          );
        }
        await this.repository.delete(transaction, existing.id);
      }
      return this.start(
        transaction,
        followerId,
        followeeId,
        visibility === 'public' ? 'accepted' : 'requested',
      );
    });
  }

  /** Unfollows, or takes a request back. A refusal stays, so that it cannot be asked away. */
  async unfollow(followerId: string, followeeId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, followerId, followeeId);
      await this.users.visibilityOf(transaction, followerId, followeeId);
      const existing = await this.repository.find(transaction, followerId, followeeId);
      if (existing && existing.status !== 'declined')
        await this.end(transaction, existing, followerId);
    });
  }

  async removeFollower(followeeId: string, followerId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, followerId, followeeId);
      await this.users.visibilityOf(transaction, followeeId, followerId);
      const existing = await this.repository.find(transaction, followerId, followeeId);
      if (existing?.status === 'accepted') await this.end(transaction, existing, followeeId);
    });
  }

  async accept(followeeId: string, followerId: string): Promise<void> {
    await this.answer(followeeId, followerId, async (transaction, request) => {
      await this.repository.decide(transaction, request.id, 'accepted', new Date().toISOString());
      await this.counts.add(transaction, {
        [followeeId]: { requests: -1, followers: 1 },
        [followerId]: { following: 1 },
      });
      await this.domainEvents.announce(
        transaction,
        new FollowersGained(followeeId, [followerId], true),
      );
    });
  }

  async decline(followeeId: string, followerId: string): Promise<void> {
    await this.answer(followeeId, followerId, async (transaction, request) => {
      await this.repository.decide(transaction, request.id, 'declined', new Date().toISOString());
      await this.counts.add(transaction, { [followeeId]: { requests: -1 } });
    });
  }

  /** Ends every follow between two people, for one of them. The caller holds the lock of both. */
  async endBetween(transaction: Transaction, endedById: string, otherId: string): Promise<void> {
    for (const [followerId, followeeId] of [
      [endedById, otherId],
      [otherId, endedById],
    ] as const) {
      const existing = await this.repository.find(transaction, followerId, followeeId);
      if (existing) await this.end(transaction, existing, endedById);
    }
  }

  private async start(
    transaction: Transaction,
    followerId: string,
    followeeId: string,
    status: 'accepted' | 'requested',
  ): Promise<FollowState> {
    const follow = {
      id: uuid(),
      followerId,
      followeeId,
      status,
      createdAt: new Date().toISOString(),
      decidedAt: null,
    };
    await this.repository.insert(transaction, follow);
    if (status === 'accepted') {
      await this.counts.add(transaction, {
        [followeeId]: { followers: 1 },
        [followerId]: { following: 1 },
      });
      await this.domainEvents.announce(
        transaction,
        new FollowersGained(followeeId, [followerId], false),
      );
    } else {
      await this.counts.add(transaction, { [followeeId]: { requests: 1 } });
      await this.domainEvents.announce(transaction, new FollowRequested(followerId, followeeId));
    }
    return stateOf(follow);
  }

  private async end(
    transaction: Transaction,
    { id, followerId, followeeId, status }: Follow,
    endedById: string,
  ): Promise<void> {
    await this.repository.delete(transaction, id);
    if (status === 'requested')
      await this.counts.add(transaction, { [followeeId]: { requests: -1 } });
    if (status !== 'accepted') return;
    await this.counts.add(transaction, {
      [followeeId]: { followers: -1 },
      [followerId]: { following: -1 },
    });
    await this.domainEvents.announce(
      transaction,
      new FollowEnded(followerId, followeeId, endedById),
    );
  }

  private async answer(
    followeeId: string,
    followerId: string,
    work: (transaction: Transaction, request: Follow) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, followerId, followeeId);
      const request = await this.repository.find(transaction, followerId, followeeId);
      if (request?.status !== 'requested') throw notFound();
      await work(transaction, request);
    });
  }

  /** A few at once, the rest by a job: thousands may wait, and others want to write too. */
  private async acceptWaiting(transaction: Transaction, followeeId: string): Promise<void> {
    const followerIds = await this.repository.acceptWaiting(
      transaction,
      followeeId,
      new Date().toISOString(),
      ACCEPTED_AT_ONCE,
    );
    if (!followerIds.length) return;
    await this.counts.add(transaction, {
      ...Object.fromEntries(followerIds.map((id) => [id, { following: 1 }])),
      [followeeId]: { requests: -followerIds.length, followers: followerIds.length },
    });
    await this.domainEvents.announce(
      transaction,
      new FollowersGained(followeeId, followerIds, true),
    );
    if (followerIds.length === ACCEPTED_AT_ONCE)
      await this.jobs.enqueue(transaction, ACCEPT_WAITING, { followeeId });
  }
}

const stateOf = ({ status, decidedAt }: Pick<Follow, 'status' | 'decidedAt'>): FollowState => ({
  status,
  askAgainAt: askAgainAt(status, decidedAt),
});
