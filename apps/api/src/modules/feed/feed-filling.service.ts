import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { FollowEnded } from '../follows/follows.domain-events.js';
import { FollowsService } from '../follows/follows.service.js';
import { PostWiped } from '../posts/posts.domain-events.js';
import { PostAudienceService } from '../posts/post-audience.service.js';
import { FeedRepository, type Portion } from './feed.repository.js';

const HAND_OUT = 'feed.hand-out';
const BACKFILL = 'feed.backfill';
const CLEAR = 'feed.clear';
const TAKE_BACK = 'feed.take-back';

/** From here on an author's posts are looked up on reading; handing out each would take too long. */
const LARGE_FROM = 5000;
/** Rows in one transaction, so that other writers get their turn in between. */
const PORTION = 40;
/** Followers whom one job fills up, so that other jobs get their turn. */
const BACKFILLED_AT_ONCE = 200;

/** Hands posts out to the feeds of those who follow, after the request, in portions, however often it is tried. */
@Injectable()
export class FeedFillingService implements OnModuleInit {
  constructor(
    private readonly repository: FeedRepository,
    private readonly audience: PostAudienceService,
    private readonly follows: FollowsService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.audience.onAudienceSet((transaction, postId) =>
      this.jobs.enqueue(transaction, HAND_OUT, { postId }),
    );
    this.follows.onStart(async (transaction, followeeId, followerIds) => {
      for (let from = 0; from < followerIds.length; from += BACKFILLED_AT_ONCE)
        await this.jobs.enqueue(transaction, BACKFILL, {
          followeeId,
          followerIds: followerIds.slice(from, from + BACKFILLED_AT_ONCE),
        });
    });
    // Both only tidy up: a feed shows nothing that is gone, or of people whom its owner does not follow.
    this.domainEvents.on(FollowEnded, CLEAR, (ended) =>
      this.database.transaction((transaction) =>
        this.jobs.enqueue(transaction, CLEAR, { ...ended }),
      ),
    );
    this.domainEvents.on(PostWiped, TAKE_BACK, (wiped) =>
      this.database.transaction((transaction) =>
        this.jobs.enqueue(transaction, TAKE_BACK, { ...wiped }),
      ),
    );

    this.jobs.handle<{ postId: string }>(HAND_OUT, ({ postId }, run) => this.handOut(postId, run));
    this.jobs.handle<{ followeeId: string; followerIds: string[] }>(BACKFILL, async (started) => {
      for (const followerId of started.followerIds)
        await this.database.transaction((transaction) =>
          this.repository.backfill(transaction, followerId, started.followeeId),
        );
    });
    this.jobs.handle<FollowEnded>(CLEAR, (ended, run) =>
      this.inPortions(
        run,
        (after) => this.repository.findPostPortionEnd(ended.followeeId, after, PORTION),
        (transaction, portion) => this.repository.clear(transaction, ended, portion),
      ),
    );
    this.jobs.handle<PostWiped>(TAKE_BACK, (wiped, run) =>
      this.inPortions(
        run,
        (after) => this.repository.findPortionEnd(wiped.authorId, after, PORTION),
        (transaction, portion) => this.repository.takeBack(transaction, wiped, portion),
      ),
    );
  }

  private async handOut(postId: string, run: JobRun): Promise<void> {
    const post = await this.repository.findToHandOut(postId);
    if (!post) return;
    const { authorId, audience, followers } = post;
    if (audience === 'chosen')
      return run.commit((transaction) => this.repository.handToChosen(transaction, postId));
    if (followers >= LARGE_FROM)
      return run.commit((transaction) => this.repository.markLarge(transaction, authorId));
    await this.inPortions(
      run,
      async (after) =>
        followers < PORTION ? null : this.repository.findPortionEnd(authorId, after, PORTION),
      (transaction, portion) =>
        this.repository.handToFollowers(transaction, { authorId, postId }, portion),
    );
  }

  /** Each portion in a transaction of its own, the last one together with the end of the job. */
  private async inPortions(
    run: JobRun,
    endOf: (after: string | null) => Promise<string | null>,
    work: (transaction: Transaction, portion: Portion) => Promise<void>,
  ): Promise<void> {
    for (let after: string | null = null; ;) {
      const portion: Portion = { after, upTo: await endOf(after) };
      if (portion.upTo === null) return run.commit((transaction) => work(transaction, portion));
      await this.database.transaction((transaction) => work(transaction, portion));
      after = portion.upTo;
    }
  }
}
