import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { DAY_MS } from '../../platform/periods.js';
import { PostWiped } from '../posts/posts.domain-events.js';
import { InsightsRemovalRepository } from './insights-removal.repository.js';
import { oldestCounted } from './visit-counting.service.js';

const REMOVE = 'insights.remove';
const EVERY_SECONDS = 3600;
/** Then the day is over everywhere, and everything that waited has been counted. */
const VISITORS_KEPT_MS = 3 * DAY_MS;

/** What is no longer needed, wanted or about anything. */
@Injectable()
export class InsightsRemovalService implements OnModuleInit {
  constructor(
    private readonly repository: InsightsRemovalRepository,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durably([PostWiped], 'insights.remove-post', ({ postId }) =>
      this.removePosts([postId]),
    );
    this.jobs.handle<{ userId: string }>(REMOVE, ({ userId }) => this.removeOf(userId));
    this.jobs.handleEvery('insights.forget-viewers', EVERY_SECONDS, () => this.forgetViewers());
  }

  /** With the lock of the person's insights. */
  removeSoon(transaction: Transaction, userId: string): Promise<void> {
    return this.jobs.enqueue(transaction, REMOVE, { userId });
  }

  /** The person's own insights. */
  async removeOf(userId: string): Promise<void> {
    const { repository } = this;
    await this.database.inBatches((transaction, limit) =>
      repository.deleteSomeVisitorsOf(transaction, userId, limit),
    );
    await inPortionsOfIds(
      (after, limit) => repository.findReachedIdsOf(userId, after, limit),
      (postIds) => this.removePosts(postIds),
    );
    await this.database.inBatches((transaction, limit) =>
      repository.deleteSomeSumsOf(transaction, userId, limit),
    );
  }

  /** Whom the person has viewed; the sums stay. */
  async removeViewsBy(userId: string): Promise<void> {
    await this.database.inBatches((transaction, limit) =>
      this.repository.deleteSomeViewsBy(transaction, userId, limit),
    );
    await this.database.inBatches((transaction, limit) =>
      this.repository.deleteSomeVisitsBy(transaction, userId, limit),
    );
  }

  /** Who has viewed what is kept only as long as it is needed to count nobody twice. */
  async forgetViewers(): Promise<void> {
    // What was seen on the last day may still wait to be counted.
    const oldest = oldestCounted(Date.now() - DAY_MS);
    await this.database.inBatches((transaction, limit) =>
      this.repository.deleteSomeViewersBefore(transaction, oldest, limit),
    );
    const day = new Date(Date.now() - VISITORS_KEPT_MS).toISOString().slice(0, 10);
    await this.database.inBatches((transaction, limit) =>
      this.repository.deleteSomeVisitorsBefore(transaction, day, limit),
    );
  }

  private async removePosts(postIds: string[]): Promise<void> {
    for (const postId of postIds) {
      await this.database.inBatches((transaction, limit) =>
        this.repository.deleteSomeViewersOf(transaction, postId, limit),
      );
      await this.database.inBatches((transaction, limit) =>
        this.repository.deleteSomeReachOf(transaction, postId, limit),
      );
    }
    await this.database.transaction((transaction) =>
      this.repository.deleteReached(transaction, postIds),
    );
  }
}
