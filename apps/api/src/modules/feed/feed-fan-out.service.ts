import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import type { JobRun } from '../../platform/jobs/jobs.service.js';
import { GroupJoined, MembershipEnded } from '../groups/groups.domain-events.js';
import { FollowEnded, FollowersGained } from '../follows/follows.domain-events.js';
import {
  PostAudienceChanged,
  PostPublished,
  PostRestored,
  PostWiped,
} from '../posts/posts.domain-events.js';
import { PostsService } from '../posts/posts.service.js';
import { PostsFannedOut } from './feed.domain-events.js';
import { FeedEntriesRepository, type Portion } from './feed-entries.repository.js';

/** Authors with this many followers are looked up when a feed is read; fanning out would take too long. */
const LARGE_FROM = 5000;
/** Feeds written in one transaction: about a millisecond, so that other writers can run in between. */
const PORTION = 40;
/** Writing this many posts into a feed costs as much as finding the feed. */
const POSTS_PER_FEED = 8;

const feedsAtOnce = (posts: string[]): number =>
  Math.ceil(PORTION / (1 + posts.length / POSTS_PER_FEED));

/** Maintains `feed_entries` after the request, in portions. Every step may be repeated. */
@Injectable()
export class FeedFanOutService implements OnModuleInit {
  constructor(
    private readonly repository: FeedEntriesRepository,
    private readonly posts: PostsService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    // Posts that one person publishes in a row are written into each feed together.
    this.domainEvents.durablyTogether(
      [PostPublished, PostAudienceChanged, PostRestored],
      'feed.fan-out',
      ({ authorId, postId }) => authorId ?? postId,
      async (events, run) => {
        await this.fanOut(events, run);
        await this.database.transaction((transaction) =>
          this.domainEvents.announce(
            transaction,
            new PostsFannedOut(events.map(({ postId }) => postId)),
          ),
        );
      },
    );
    this.domainEvents.durably([FollowersGained], 'feed.backfill', (gained) =>
      this.backfill(gained),
    );
    // These only clean up: the rule already hides deleted posts and people whom the reader does not follow.
    this.domainEvents.durably([FollowEnded], 'feed.remove-author', (ended, run) =>
      this.inPortions(
        run.commit,
        (after) => this.posts.findPortionEnd(ended.followeeId, after, PORTION),
        (transaction, portion) => this.repository.removeAuthor(transaction, ended, portion),
      ),
    );
    this.domainEvents.durably([PostWiped], 'feed.remove-post', (wiped, run) =>
      this.removePost(wiped, run),
    );
    this.domainEvents.durably([GroupJoined], 'feed.backfill-from-group', ({ groupId, userId }) =>
      this.database.transaction((transaction) =>
        this.repository.backfillFromGroup(transaction, groupId, userId),
      ),
    );
    this.domainEvents.durably([MembershipEnded], 'feed.remove-group', (ended, run) =>
      this.inPortions(
        run.commit,
        (after) => this.repository.findGroupPostsEnd(ended.groupId, after, PORTION),
        (transaction, portion) => this.repository.removeGroup(transaction, ended, portion),
      ),
    );
  }

  /** All posts are by one author. Audiences not named here are not fanned out. */
  private async fanOut(events: { postId: string }[], run: JobRun): Promise<void> {
    const posts = await this.repository.findForFanOut(events.map(({ postId }) => postId));
    const forFollowers: string[] = [];
    const forMembers: { id: string; groupId: string }[] = [];
    for (const { id, audience, groupId } of posts) {
      switch (audience) {
        case 'public':
        case 'followers':
          forFollowers.push(id);
          break;
        case 'group':
          forMembers.push({ id, groupId: groupId! });
          break;
        case 'chosen':
          await this.database.transaction((transaction) =>
            this.repository.addForChosen(transaction, id),
          );
      }
    }
    const authorId = posts[0]?.authorId;
    if (authorId === undefined) return;
    for (const [groupId, ofGroup] of Map.groupBy(forMembers, (post) => post.groupId))
      await this.fanOutToMembers(
        authorId,
        groupId,
        ofGroup.map(({ id }) => id),
      );
    if (authorId !== null && forFollowers.length)
      await this.fanOutToFollowers(authorId, forFollowers, run);
  }

  private async fanOutToFollowers(authorId: string, ids: string[], run: JobRun): Promise<void> {
    const followers = await this.repository.countFollowers(authorId);
    if (followers >= LARGE_FROM)
      return run.commit((transaction) => this.repository.markLarge(transaction, authorId));
    const size = feedsAtOnce(ids);
    await this.inPortions(
      run.commit,
      async (after) =>
        followers < size ? null : this.repository.findPortionEnd(authorId, after, size),
      (transaction, portion) =>
        this.repository.addForFollowers(transaction, { authorId, ids }, portion),
    );
  }

  private async fanOutToMembers(
    authorId: string | null,
    groupId: string,
    ids: string[],
  ): Promise<void> {
    await this.inPortions(
      this.inTransaction,
      (after) => this.repository.findMembersEnd(groupId, 'present', after, feedsAtOnce(ids)),
      (transaction, portion) =>
        this.repository.addForMembers(transaction, { authorId, groupId, ids }, portion),
    );
  }

  /** A group's posts go with the group too, whose members are past then. */
  private async removePost(wiped: PostWiped, run: JobRun): Promise<void> {
    const [post] = await this.repository.findForFanOut([wiped.postId]);
    if (post?.groupId) {
      const { groupId } = post;
      for (const time of ['present', 'past'] as const)
        await this.inPortions(
          this.inTransaction,
          (after) => this.repository.findMembersEnd(groupId, time, after, PORTION),
          (transaction, portion) =>
            this.repository.removePostOfGroup(
              transaction,
              { groupId, postId: wiped.postId, time },
              portion,
            ),
        );
      return;
    }
    const { authorId, postId } = wiped;
    if (authorId === null) return;
    await this.inPortions(
      run.commit,
      (after) => this.repository.findPortionEnd(authorId, after, PORTION),
      (transaction, portion) =>
        this.repository.removePost(transaction, { authorId, postId }, portion),
    );
  }

  private async backfill({ followeeId, followerIds }: FollowersGained): Promise<void> {
    for (const followerId of followerIds)
      await this.database.transaction((transaction) =>
        this.repository.backfill(transaction, followerId, followeeId),
      );
  }

  private readonly inTransaction: JobRun['commit'] = (work) => this.database.transaction(work);

  /** Each portion in its own transaction; `last` is for the last one, which may end the job too. */
  private async inPortions(
    last: JobRun['commit'],
    endOf: (after: string | null) => Promise<string | null>,
    work: (transaction: Transaction, portion: Portion) => Promise<void>,
  ): Promise<void> {
    for (let after: string | null = null; ;) {
      const portion: Portion = { after, upTo: await endOf(after) };
      if (portion.upTo === null) return last((transaction) => work(transaction, portion));
      await this.database.transaction((transaction) => work(transaction, portion));
      after = portion.upTo;
    }
  }
}
