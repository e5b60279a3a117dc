import { Injectable } from '@nestjs/common';
import { join, sql, type Transaction } from '../../platform/database/statements.js';
import { PostMention } from './entities/post-mention.entity.js';

/** Who is mentioned in which post. */
@Injectable()
export class PostMentionsRepository {
  async insert(transaction: Transaction, postId: string, mentionedIds: string[]): Promise<void> {
    if (mentionedIds.length)
      await transaction.run(
        sql`INSERT INTO post_mentions (user_id, post_id) VALUES ${join(mentionedIds.map((id) => sql`(${id}, ${postId})`))}`,
      );
  }

  /** By whoever it was; tells how many there were, at most `limit`. */
  deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM post_mentions WHERE user_id = ${userId} AND post_id IN (
        SELECT m.post_id FROM post_mentions m WHERE m.user_id = ${userId} LIMIT ${limit})`);
  }

  async replace(transaction: Transaction, postId: string, mentionedIds: string[]): Promise<void> {
    await transaction.delete(PostMention, { postId });
    await this.insert(transaction, postId, mentionedIds);
  }
}
