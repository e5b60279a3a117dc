import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { GroupWiped } from '../groups/groups.domain-events.js';
import { MediaService } from '../media/media.service.js';
import { CommentsRepository } from './comments.repository.js';
import type { Post } from './entities/post.entity.js';
import { LikesRepository } from './likes.repository.js';
import { PostDeleted, PostWiped } from './posts.domain-events.js';
import { mayBeRestored } from './posts.policy.js';
import { PostsRepository } from './posts.repository.js';

const PURGE = 'posts.purge';
const PURGED_AT_ONCE = 200;
const LONG_AGO = new Date(0).toISOString();

/** Permanently removes the content, comments and likes of deleted posts. */
@Injectable()
export class PostPurgeService implements OnModuleInit {
  constructor(
    private readonly repository: PostsRepository,
    private readonly comments: CommentsRepository,
    private readonly likes: LikesRepository,
    private readonly media: MediaService,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ postId: string }>(PURGE, ({ postId }, run) =>
      this.purge(postId, run.commit),
    );
    this.domainEvents.durably([GroupWiped], 'posts.purge-group', ({ groupId }) =>
      this.purgeGroup(groupId),
    );
  }

  /** After the time in which the post can be restored. */
  later(
    transaction: Transaction,
    postId: string,
    afterMinutes = LIMITS.post.undoMinutes + 1,
  ): Promise<void> {
    return this.jobs.enqueue(transaction, PURGE, { postId }, { afterMinutes });
  }

  /** Nobody restores it; the caller holds its lock. */
  async soon(transaction: Transaction, postId: string): Promise<void> {
    await this.hide(transaction, postId);
    await this.jobs.enqueue(transaction, PURGE, { postId });
  }

  /** Deletes the posts with everything that belongs to them, and their rows. */
  async removeAllOf(authorId: string): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.repository.findIdsOf(authorId, after, limit),
      async (ids) => {
        for (const id of ids) {
          await this.removeShares(id);
          await this.deleteAndPurge(id);
          await this.database.transaction((transaction) => this.repository.delete(transaction, id));
        }
      },
    );
  }

  private async purgeGroup(groupId: string): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.repository.findIdsInGroup(groupId, after, limit),
      async (ids) => {
        for (const id of ids) await this.deleteAndPurge(id);
      },
    );
  }

  private async removeShares(postId: string): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.repository.findShareIds(postId, after, limit),
      async (ids) => {
        for (const id of ids) await this.deleteAndPurge(id);
      },
    );
  }

  private async deleteAndPurge(postId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.post(transaction, postId);
      await this.hide(transaction, postId);
    });
    await this.purge(postId, (work) => this.database.transaction(work));
  }

  private async hide(transaction: Transaction, postId: string): Promise<void> {
    const post = await this.repository.findRow(transaction, postId);
    if (!post) return;
    await this.repository.update(transaction, postId, { deletedAt: LONG_AGO, removedUntil: null });
    if (!post.deletedAt)
      await this.domainEvents.announce(transaction, new PostDeleted(postId, post.authorId));
  }

  /** In portions, because there may be thousands of comments; `commit` removes the post's own content last. */
  private async purge(postId: string, commit: JobRun['commit']): Promise<void> {
    for (let isLeft = true; isLeft;)
      isLeft = await this.database.transaction(
        async (transaction) =>
          (await this.findToPurge(transaction, postId)) !== null &&
          (await this.purgeSome(transaction, postId)),
      );
    await commit(async (transaction) => {
      const post = await this.findToPurge(transaction, postId);
      if (!post) return;
      await this.media.removeFrom(transaction, 'post', [postId]);
      await this.repository.wipe(transaction, postId);
      await this.domainEvents.announce(transaction, new PostWiped(postId, post.authorId));
    });
  }

  /** Returns whether there was anything to purge. */
  private async purgeSome(transaction: Transaction, postId: string): Promise<boolean> {
    const commentIds = await this.comments.findNewestIdsOn(transaction, postId, PURGED_AT_ONCE);
    const liked = { post: [postId], comment: commentIds };
    for (const kind of ['post', 'comment'] as const) {
      const gone = await this.likes.deleteSomeOf(transaction, kind, liked[kind], PURGED_AT_ONCE);
      if (gone === PURGED_AT_ONCE) return true;
    }
    await this.media.removeFrom(transaction, 'comment', commentIds);
    await this.comments.deleteRows(transaction, commentIds);
    return commentIds.length > 0;
  }

  private async findToPurge(transaction: Transaction, postId: string): Promise<Post | null> {
    await locks.post(transaction, postId);
    const post = await this.repository.findRow(transaction, postId);
    if (!post?.deletedAt || mayBeRestored(post.deletedAt, new Date())) return null;
    return post.removedUntil && Date.parse(post.removedUntil) > Date.now() ? null : post;
  }
}
