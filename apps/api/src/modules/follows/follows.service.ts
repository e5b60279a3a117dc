import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FollowState, UnseenFollows } from '@echomate/contracts/follows.dto';
import { validate as isUuid, v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { VisibilityChanged } from '../users/users.domain-events.js';
import { UsersService } from '../users/users.service.js';
import type { Follow } from './entities/follow.entity.js';
import {
  changesOf,
  FollowCountsRepository,
  type CountChanges,
} from './follow-counts.repository.js';
import { FollowEnded, FollowersGained, FollowRequested } from './follows.domain-events.js';
import { toRelation } from './follows.mapper.js';
import { askAgainAt, mayAskAgain, mayTakeBack } from './follows.policy.js';
import { FollowsRepository } from './follows.repository.js';

const ACCEPT_WAITING = 'follows.accept-waiting';
const ACCEPTED_AT_ONCE = 20;

/** Follows and follow requests. Every change between two people holds the lock of both. */
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
        if (!(await this.users.exists(transaction, followeeId))) return;
        const { visibility } = await this.users.ownProfile(followeeId, transaction);
        // If the person turned private again, pending requests stay.
        if (visibility === 'public') await this.acceptWaiting(transaction, followeeId);
      }),
    );
  }

  async follow(followerId: string, followeeId: string): Promise<FollowState> {
    if (followerId === followeeId) throw refuse('follow-yourself');
    return this.database.transaction(async (transaction) => {
      await locks.users(transaction, followerId, followeeId);
      const visibility = await this.users.visibilityOf(transaction, followerId, followeeId);
      const existing = await this.repository.find(transaction, followerId, followeeId);
      if (existing && existing.status !== 'declined') return stateOf(existing);
      if (existing) {
        if (visibility === 'private' && !mayAskAgain(existing.decidedAt!, new Date())) {
          throw refuse('asked-too-soon');
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

  /** Unfollows, or withdraws a request. A refusal stays, so that withdrawing does not clear it. */
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
      await this.decide(transaction, request.id, 'accepted', {
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
      await this.decide(transaction, request.id, 'declined', { [followeeId]: { requests: -1 } });
    });
  }

  /**
   * Takes back a declining: the request waits again as if nothing had been answered, and nobody is told. A public profile
   * has no requests, so there is nothing to go back to.
   */
  async restoreRequest(followeeId: string, followerId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, followerId, followeeId);
      await this.users.visibilityOf(transaction, followeeId, followerId);
      const own = await this.users.visibilityOf(transaction, followeeId, followeeId);
      const declined = await this.repository.find(transaction, followerId, followeeId);
      if (
        own === 'public' ||
        declined?.status !== 'declined' ||
        !mayTakeBack(declined.decidedAt!, new Date())
      )
        throw notFound();
      if (await this.repository.reopen(transaction, declined.id))
        await this.counts.add(transaction, { [followeeId]: { requests: 1 } });
    });
  }

  /** Ends every follow between two people. The caller holds the lock of both. */
  async endBetween(transaction: Transaction, endedById: string, otherId: string): Promise<void> {
    for (const [followerId, followeeId] of [
      [endedById, otherId],
      [otherId, endedById],
    ] as const) {
      const existing = await this.repository.find(transaction, followerId, followeeId);
      if (existing) await this.end(transaction, existing, endedById);
    }
  }

  /** The viewer's relation to a person, with the counters of their follows; null if the viewer may not see them. */
  async standing(viewerId: string, personId: string) {
    const row = await this.repository.findStanding(viewerId, personId);
    return row && { ...row, relation: toRelation(row) };
  }

  /** The id to pass to the rule as viewer, to see oneself as that person does. */
  async viewerIdAs(viewerId: string, as: string): Promise<string> {
    if (as === 'stranger') return uuid();
    const id = as.toLowerCase();
    const isThere = isUuid(id) && (await this.users.cards(viewerId, [id])).has(id);
    const standing = isThere ? await this.repository.findStanding(viewerId, id) : null;
    if (standing?.followedBy !== 'accepted') throw invalidField('as', 'not-a-follower');
    return id;
  }

  countMutuals(viewerId: string, personId: string): Promise<number> {
    return this.repository.countMutuals(viewerId, personId);
  }

  unseen(viewerId: string): Promise<UnseenFollows> {
    return this.repository.countUnseen(viewerId);
  }

  async markSeen(viewerId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const newest = await this.repository.findNewestFollowId(transaction, viewerId);
      if (newest) await this.counts.markFollowersSeen(transaction, viewerId, newest);
    });
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
    if (await this.repository.insert(transaction, follow))
      await this.counts.add(transaction, changesOf(follow, 1));
    if (status === 'accepted') {
      await this.domainEvents.announce(
        transaction,
        new FollowersGained(followeeId, [followerId], false),
      );
    } else {
      await this.domainEvents.announce(transaction, new FollowRequested(followerId, followeeId));
    }
    return stateOf(follow);
  }

  private async end(
    transaction: Transaction,
    { id, followerId, followeeId, status }: Follow,
    endedById: string,
  ): Promise<void> {
    const wasCounted = await this.repository.delete(transaction, id);
    if (wasCounted)
      await this.counts.add(transaction, changesOf({ followerId, followeeId, status }, -1));
    if (status !== 'accepted') return;
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
      await this.users.visibilityOf(transaction, followeeId, followerId);
      const request = await this.repository.find(transaction, followerId, followeeId);
      if (request?.status !== 'requested') throw notFound();
      await work(transaction, request);
    });
  }

  private async decide(
    transaction: Transaction,
    followId: string,
    status: 'accepted' | 'declined',
    changes: CountChanges,
  ): Promise<void> {
    const now = new Date().toISOString();
    if (await this.repository.decide(transaction, followId, status, now))
      await this.counts.add(transaction, changes);
  }

  /** Accepts a few at once and leaves the rest to a job: thousands may wait, which would block other writers. */
  private async acceptWaiting(transaction: Transaction, followeeId: string): Promise<void> {
    const accepted = await this.repository.acceptWaiting(
      transaction,
      followeeId,
      new Date().toISOString(),
      ACCEPTED_AT_ONCE,
    );
    if (!accepted.length) return;
    const counted = accepted.filter(({ isCounted }) => isCounted);
    await this.counts.add(transaction, {
      ...Object.fromEntries(counted.map(({ followerId }) => [followerId, { following: 1 }])),
      [followeeId]: { requests: -counted.length, followers: counted.length },
    });
    const followerIds = accepted.map(({ followerId }) => followerId);
    await this.domainEvents.announce(
      transaction,
      new FollowersGained(followeeId, followerIds, true),
    );
    if (accepted.length === ACCEPTED_AT_ONCE)
      await this.jobs.enqueue(transaction, ACCEPT_WAITING, { followeeId });
  }
}

const stateOf = ({ status, decidedAt }: Pick<Follow, 'status' | 'decidedAt'>): FollowState => ({
  status,
  askAgainAt: askAgainAt(status, decidedAt),
});
