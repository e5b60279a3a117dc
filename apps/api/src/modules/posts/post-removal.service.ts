import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { endOf } from '../../platform/periods.js';
import { PostHashtagsRepository } from './post-hashtags.repository.js';
import { PostPurgeService } from './post-purge.service.js';
import { PostDeleted, PostRestored } from './posts.domain-events.js';
import { PostsRepository } from './posts.repository.js';

const RESTORABLE_MINUTES = LIMITS.report.restorableDays * 24 * 60;

/** What moderators do to posts: hidden from everyone, the author too, until it is put back or its time is over. */
@Injectable()
export class PostRemovalService {
  constructor(
    private readonly repository: PostsRepository,
    private readonly hashtags: PostHashtagsRepository,
    private readonly purge: PostPurgeService,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** False if it is gone already. */
  async remove(transaction: Transaction, id: string, moderatorId: string): Promise<boolean> {
    const post = await this.locked(transaction, id);
    if (!post || post.deletedAt) return false;
    const deletedAt = new Date().toISOString();
    const removedUntil = endOf(deletedAt, { minutes: RESTORABLE_MINUTES });
    const values = { deletedAt, deletedById: moderatorId, removedUntil };
    await this.repository.update(transaction, id, values);
    await this.hashtags.settle(transaction, id);
    await this.purge.later(transaction, id, RESTORABLE_MINUTES + 1);
    await this.domainEvents.announce(transaction, new PostDeleted(id, post.authorId));
    return true;
  }

  /** Undoes `remove`. False if that is no longer possible. */
  async putBack(transaction: Transaction, id: string): Promise<boolean> {
    const post = await this.locked(transaction, id);
    if (!post?.deletedAt || !post.removedUntil) return false;
    if (Date.parse(post.removedUntil) <= Date.now()) return false;
    const values = { deletedAt: null, deletedById: null, removedUntil: null };
    await this.repository.update(transaction, id, values);
    await this.hashtags.settle(transaction, id);
    await this.domainEvents.announce(transaction, new PostRestored(id, post.authorId));
    return true;
  }

  private async locked(transaction: Transaction, id: string) {
    const seen = await this.repository.findRow(transaction, id);
    if (!seen) return null;
    await locks.users(transaction, ...(seen.authorId ? [seen.authorId] : []));
    await locks.post(transaction, id);
    return this.repository.findRow(transaction, id);
  }
}
