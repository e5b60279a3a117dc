import { Injectable } from '@nestjs/common';
import type { NotificationMutes } from '@echomate/contracts/notifications.dto';
import { v7 as uuid } from 'uuid';
import { canSeePost, postColumns } from '../../access/post.access.js';
import { isMember } from '../../access/group.access.js';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { sql, type Transaction } from '../../platform/database/statements.js';
import { NotificationMute } from './entities/notification-mutes.entity.js';

/** Newer ones replace older ones in the list; nobody keeps more by hand. */
const MOST_MUTES = 200;

@Injectable()
export class NotificationMutesRepository {
  constructor(private readonly database: Database) {}

  /** Mutes of what the person may still see. */
  async findMutes(userId: string, now: string): Promise<NotificationMutes> {
    const viewer = sql`${userId}`;
    const rows = await this.database.many<{
      postId: string | null;
      excerpt: string | null;
      authorId: string | null;
      groupId: string | null;
      title: string | null;
      until: string | null;
    }>(sql`
      SELECT q.post_id AS "postId", substr(COALESCE(p.title, p.content), 1, 160) AS excerpt,
        p.author_id AS "authorId", q.group_id AS "groupId", g.title, q.until
      FROM notification_mutes q LEFT JOIN posts p ON p.id = q.post_id LEFT JOIN groups g ON g.id = q.group_id
      WHERE q.user_id = ${userId} AND (q.until IS NULL OR q.until > ${now})
        AND (q.post_id IS NULL OR ${canSeePost(viewer, postColumns(sql`p`))})
        AND (q.group_id IS NULL OR ${isMember(viewer, sql`q.group_id`)})
      ORDER BY q.id DESC LIMIT ${MOST_MUTES}`);
    return {
      items: rows.map(({ postId, excerpt, authorId, groupId, title, until }) => ({
        post: postId ? { id: postId, excerpt: excerpt!, isOwn: authorId === userId } : null,
        group: groupId ? { id: groupId, title: title! } : null,
        until,
      })),
    };
  }

  async saveMute(
    transaction: Transaction,
    userId: string,
    subject: 'post' | 'group',
    id: string,
    until: string | null,
  ): Promise<void> {
    await locks.notifications(transaction, [userId]);
    await this.deleteMute(transaction, userId, subject, id);
    await transaction.insert(NotificationMute, {
      id: uuid(),
      userId,
      until,
      postId: subject === 'post' ? id : null,
      groupId: subject === 'group' ? id : null,
    });
  }

  async deleteMute(
    transaction: Transaction,
    userId: string,
    subject: 'post' | 'group',
    id: string,
  ): Promise<void> {
    await transaction.delete(
      NotificationMute,
      subject === 'post' ? { userId, postId: id } : { userId, groupId: id },
    );
  }

  deleteSomeOf(transaction: Transaction, userId: string, limit: number): Promise<number> {
    return transaction.run(sql`
      DELETE FROM notification_mutes WHERE id IN (
        SELECT id FROM notification_mutes WHERE user_id = ${userId} ORDER BY id LIMIT ${limit})`);
  }

  async *mutesOf(userId: string): AsyncGenerator<object> {
    const { items } = await this.findMutes(userId, new Date().toISOString());
    yield* items;
  }
}
