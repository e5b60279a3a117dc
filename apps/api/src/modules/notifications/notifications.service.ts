import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  Notification,
  NotificationChannel,
  NotificationMutes,
  NotificationPage,
  UnseenNotifications,
} from '@echomate/contracts/notifications.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { mentionedIn } from '@echomate/contracts/text';
import { v7 as uuid } from 'uuid';
import { Access } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import { untilLittleIsLeft } from '../../platform/database/portions.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound } from '../../platform/http/problem.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import { DAY_MS, HOUR_MS } from '../../platform/periods.js';
import { PeopleService } from '../follows/people.service.js';
import { NotificationMutesRepository } from './notification-mutes.repository.js';
import { NAMED, toNotification } from './notifications.mapper.js';
import { NotificationsRepository, type NotificationRow } from './notifications.repository.js';

const COUNTED = 100;
const KEPT_DAYS = 180;

/** What somebody is told, and what they do not want to be told. */
@Injectable()
export class NotificationsService implements OnModuleInit {
  constructor(
    private readonly repository: NotificationsRepository,
    private readonly muting: NotificationMutesRepository,
    private readonly people: PeopleService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly realtime: Realtime,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('notifications.purge', DAY_MS / 1000, () => this.purge());
  }

  async list(viewerId: string, { cursor, limit }: PageQuery): Promise<NotificationPage> {
    const [rows, seenUpTo] = await Promise.all([
      this.repository.findPage(viewerId, afterId(cursor), limit + 1),
      this.repository.findSeenUpTo(viewerId),
    ]);
    const show = await this.shown(viewerId, rows, seenUpTo);
    return { ...pageOf(rows, limit, show), newest: rows[0]?.id ?? null };
  }

  /** What is not read and came after a position, the newest first, as far as it is wanted by a channel. */
  async unread(
    viewerId: string,
    channel: NotificationChannel,
    after: string,
    limit: number,
  ): Promise<{ newest: string | null; items: Notification[] }> {
    const rows = await this.repository.findUnread(viewerId, channel, after, limit);
    const show = await this.shown(viewerId, rows, null);
    return {
      newest: rows[0]?.id ?? null,
      items: rows.map(show).filter((notification) => notification !== null),
    };
  }

  private async shown(viewerId: string, rows: NotificationRow[], seenUpTo: string | null) {
    const actions = await this.repository.findActions(
      viewerId,
      rows.map(({ notificationId }) => notificationId),
    );
    const of = Map.groupBy(actions, ({ notificationId }) => notificationId);
    const named = [...of.values()].flatMap((some) => some.slice(0, NAMED));
    const cards = await this.people.cards(viewerId, [
      ...new Set([
        ...named.map(({ actorId }) => actorId),
        ...rows.flatMap(({ postExcerpt, commentExcerpt }) => [
          ...mentionedIn(postExcerpt ?? ''),
          ...mentionedIn(commentExcerpt ?? ''),
        ]),
      ]),
    ]);
    return (row: NotificationRow) =>
      toNotification(viewerId, row, of.get(row.notificationId) ?? [], cards, seenUpTo);
  }

  async unseen(viewerId: string): Promise<UnseenNotifications> {
    const seenUpTo = (await this.repository.findSeenUpTo(viewerId)) ?? FIRST_ID;
    return { unseen: await this.repository.countUnseen(viewerId, seenUpTo, COUNTED) };
  }

  /** The list has been looked at: the number on the bell counts what comes after. */
  async markSeen(viewerId: string, upTo: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const newest = await this.repository.findNewest(transaction, viewerId, upTo);
      if (newest) await this.repository.saveSeen(transaction, viewerId, newest);
    });
    this.realtime.push([viewerId], 'notifications.changed');
  }

  async markRead(viewerId: string, ids: string[] | undefined): Promise<void> {
    const now = new Date().toISOString();
    if (ids?.length)
      await this.database.transaction((transaction) =>
        this.repository.markRead(transaction, viewerId, ids, now),
      );
    else if (!ids) {
      const upTo = uuid();
      await this.database.inBatches((transaction, limit) =>
        this.repository.markSomeRead(transaction, viewerId, upTo, now, limit),
      );
    }
    this.realtime.push([viewerId], 'notifications.changed');
  }

  // ——— what somebody does not want to hear of

  mutes(viewerId: string): Promise<NotificationMutes> {
    return this.muting.findMutes(viewerId, new Date().toISOString());
  }

  async mute(
    viewerId: string,
    subject: 'post' | 'group',
    id: string,
    hours: number | undefined,
  ): Promise<void> {
    const kind = subject === 'post' ? 'post' : 'inside';
    const until = hours ? new Date(Date.now() + hours * HOUR_MS).toISOString() : null;
    await this.database.transaction(async (transaction) => {
      if (!(await this.access.canSee(viewerId, kind, id, transaction))) throw notFound();
      await this.muting.saveMute(transaction, viewerId, subject, id, until);
    });
  }

  async unmute(viewerId: string, subject: 'post' | 'group', id: string): Promise<void> {
    await this.database.transaction((transaction) =>
      this.muting.deleteMute(transaction, viewerId, subject, id),
    );
  }

  private async purge(): Promise<void> {
    const oldest = uuid({ msecs: Date.now() - KEPT_DAYS * DAY_MS });
    await untilLittleIsLeft(async (limit) => {
      const ids = await this.repository.findOlderThan(oldest, limit);
      if (ids.length)
        await this.database.transaction((transaction) => this.repository.delete(transaction, ids));
      return ids.length;
    });
  }
}
