import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { GroupsService } from '../groups/groups.service.js';
import { PinnedPostsRepository } from './pinned-posts.repository.js';
import { PostsRepository } from './posts.repository.js';

/** Pinning posts of a group, for whoever leads it. */
@Injectable()
export class PinnedPostsService {
  constructor(
    private readonly repository: PinnedPostsRepository,
    private readonly posts: PostsRepository,
    private readonly groups: GroupsService,
    private readonly database: Database,
  ) {}

  async pin(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const groupId = await this.lockGroupOf(transaction, viewerId, id);
      if (await this.repository.isPinned(transaction, id)) return;
      if ((await this.repository.count(transaction, groupId)) >= LIMITS.group.maxPinned)
        throw refuse('too-many-pinned', { max: LIMITS.group.maxPinned });
      await this.repository.pin(transaction, groupId, id);
    });
  }

  async unpin(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.lockGroupOf(transaction, viewerId, id);
      await this.repository.unpin(transaction, id);
    });
  }

  /** Asks again once the locks are held: the post or the membership may have gone while it waited. */
  private async lockGroupOf(
    transaction: Transaction,
    viewerId: string,
    id: string,
  ): Promise<string> {
    const seen = await this.posts.findVisible(viewerId, id, transaction);
    if (!seen?.groupId) throw notFound();
    await locks.group(transaction, seen.groupId);
    await locks.post(transaction, id);
    if (!(await this.posts.findVisible(viewerId, id, transaction))) throw notFound();
    if (!(await this.groups.isLedBy(transaction, seen.groupId, viewerId)))
      throw refuse('not-group-creator');
    return seen.groupId;
  }
}
