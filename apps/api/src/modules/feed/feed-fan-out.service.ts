import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import type { JobRun } from '../../platform/jobs/jobs.service.js';
import { FollowEnded, FollowersGained } from '../follows/follows.domain-events.js';
import {
  PostAudienceChanged,
  PostPublished,
  PostRestored,
  PostWiped,
} from '../posts/posts.domain-events.js';
import { PostsService } from '../posts/posts.service.js';
import { FeedRepository, type Portion } from './feed.repository.js';

/** From here on an author's posts are looked up on reading; a fan-out of each would take too long. */
const LARGE_FROM = 5000;
/** Rows in one transaction: about a millisecond, so that other writers get their turn in between. */
const PORTION = 40;

/** Keeps `feed_entries`, after the request, in portions, however often it is tried. */
@Injectable()
export class FeedFanOutService implements OnModuleInit {
  constructor(
    private readonly repository: FeedRepository,
    private readonly posts: PostsService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durably(
      [PostPublished, PostAudienceChanged, PostRestored],
      'feed.fan-out',
      ({ postId }, run) => this.fanOut(postId, run),
    );
    this.domainEvents.durably([FollowersGained], 'feed.backfill', (gained) =>
      this.backfill(gained),
    );
    // Both only tidy up: a feed shows nothing that is gone, or of people whom its owner does not follow.
    this.domainEvents.durably([FollowEnded], 'feed.remove-author', (ended, run) =>
      this.inPortions(
        run,
        (after) => this.posts.findPortionEnd(ended.followeeId, after, PORTION),
        (transaction, portion) => this.repository.removeAuthor(transaction, ended, portion),
      ),
    );
    this.domainEvents.durably([PostWiped], 'feed.remove-post', (wiped, run) =>
      this.inPortions(
        run,
        (after) => this.repository.findPortionEnd(wiped.authorId, after, PORTION),
        (transaction, portion) => this.repository.removePost(transaction, wiped, portion),
      ),
    );
  }

  /** An audience that is not named here reaches no feed. */
  private async fanOut(postId: string, run: JobRun): Promise<void> {
    const post = await this.repository.findForFanOut(postId);
    switch (post?.audience) {
      case 'public':
      case 'followers':
        return this.fanOutToFollowers({ ...post, postId }, run);
      case 'chosen':
        return run.commit((transaction) => this.repository.addForChosen(transaction, postId));
    }
  }

  private async fanOutToFollowers(
    post: { postId: string; authorId: string; followers: number },
    run: JobRun,
  ): Promise<void> {
    const { authorId, followers } = post;
    if (followers >= LARGE_FROM)
      return run.commit((transaction) => this.repository.markLarge(transaction, authorId));
    await this.inPortions(
      run,
      async (after) =>
        followers < PORTION ? null : this.repository.findPortionEnd(authorId, after, PORTION),
      (transaction, portion) => this.repository.addForFollowers(transaction, post, portion),
    );
  }

  private async backfill({ followeeId, followerIds }: FollowersGained): Promise<void> {
    for (const followerId of followerIds)
      await this.database.transaction((transaction) =>
        this.repository.backfill(transaction, followerId, followeeId),
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
