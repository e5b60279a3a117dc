import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { PinnedPost } from './entities/pinned-post.entity.js';

/** The pinned posts of groups. The caller holds the lock of the group. */
@Injectable()
export class PinnedPostsRepository {
  async count(transaction: Transaction, groupId: string): Promise<number> {
    const row = await transaction.one<{ count: number }>(sql`
      SELECT count(*) AS count FROM pinned_posts pinned JOIN posts p ON p.id = pinned.post_id
      WHERE pinned.group_id = ${groupId} AND p.deleted_at IS NULL`);
    return row!.count;
  }

  async isPinned(transaction: Transaction, postId: string): Promise<boolean> {
    const row = await transaction.one(
      sql`SELECT post_id FROM pinned_posts WHERE post_id = ${postId}`,
    );
    return row !== null;
  }

  async pin(transaction: Transaction, groupId: string, postId: string): Promise<void> {
    const pinnedAt = new Date().toISOString();
    await transaction.insert(PinnedPost, { groupId, postId, pinnedAt });
  }

  async unpin(transaction: Transaction, postId: string): Promise<void> {
    await transaction.delete(PinnedPost, { postId });
  }
}
