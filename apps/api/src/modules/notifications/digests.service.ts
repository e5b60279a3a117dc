import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Access } from '../../access/access.service.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { untilLittleIsLeft } from '../../platform/database/portions.js';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField } from '../../platform/http/problem.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { UNSUBSCRIBE } from '../../platform/mail/mail.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { UsersService } from '../users/users.service.js';
import { digestMail } from './digest-mail.js';
import { digestToken, personOfDigestToken } from './digest-token.js';
import { DigestsRepository } from './digests.repository.js';
import {
  DEFAULT_SETTINGS,
  DEFAULT_ZONE,
  NotificationSettingsRepository,
} from './notification-settings.repository.js';
import { nextAtHour } from './notification-times.js';
import { NotificationsService } from './notifications.service.js';

const MAIL = 'notifications.mail-digest';
const EVERY_SECONDS = 60;
/** A digest names this many. */
const NAMED = 20;

const notALink = () => invalidField('token', 'incomplete-link');

/**
 * A daily email of what somebody hasn't read and wasn't mailed yet. It is planned when there is something, taken once
 * when it is due, and asks the rule when it is written.
 */
@Injectable()
export class DigestsService implements OnModuleInit {
  constructor(
    private readonly repository: DigestsRepository,
    private readonly settings: NotificationSettingsRepository,
    private readonly notifications: NotificationsService,
    private readonly users: UsersService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('notifications.due-digests', EVERY_SECONDS, () =>
      this.takeDue(new Date()),
    );
    this.jobs.handle<{ userId: string }>(MAIL, ({ userId }, run) => this.mail(userId, run));
  }

  /** These are told something that belongs in it. With the lock of their notifications. */
  async plan(transaction: Transaction, userIds: string[]): Promise<void> {
    if (!userIds.length) return;
    const now = new Date();
    const unplanned = await this.repository.findUnplanned(transaction, userIds);
    for (const { userId, hasSettings, ...own } of unplanned) {
      const { zone, digestHour } = hasSettings ? own : DEFAULT_SETTINGS;
      if (digestHour === null) continue;
      const dueAt = nextAtHour(digestHour, zone ?? DEFAULT_ZONE, now);
      await this.repository.plan(transaction, userId, dueAt);
    }
  }

  /** Its hour or zone has changed. With the lock of their notifications. */
  async replan(transaction: Transaction, userId: string): Promise<void> {
    if (await this.repository.unplan(transaction, userId)) await this.plan(transaction, [userId]);
  }

  async takeDue(now: Date): Promise<void> {
    await untilLittleIsLeft(async (limit) => {
      const userIds = await this.repository.findDue(now.toISOString(), limit);
      for (const userId of userIds)
        await this.database.transaction(async (transaction) => {
          await locks.notifications(transaction, [userId]);
          if (await this.repository.take(transaction, userId, now.toISOString()))
            await this.jobs.enqueue(transaction, MAIL, { userId });
        });
      return userIds.length;
    });
  }

  /** Nobody needs to be logged in: whoever has the email may end it. */
  async end(token: string): Promise<void> {
    const userId = personOfDigestToken(this.config.sessionSecret, token);
    if (!userId) throw notALink();
    await this.database.transaction(async (transaction) => {
      await locks.notifications(transaction, [userId]);
      if (!(await this.users.exists(transaction, userId))) throw notALink();
      const before = (await this.settings.find(userId, transaction)) ?? DEFAULT_SETTINGS;
      await this.settings.save(transaction, userId, { ...before, digestHour: null });
      await this.repository.unplan(transaction, userId);
    });
  }

  private async mail(userId: string, run: JobRun): Promise<void> {
    const isActive = (await this.access.audience('card', userId, [userId])).has(userId);
    const settings = (await this.settings.find(userId)) ?? DEFAULT_SETTINGS;
    if (!isActive || settings.digestHour === null) return;
    const toldUpTo = await this.repository.findToldUpTo(userId);
    const { newest, items } = await this.notifications.unread(userId, 'email', toldUpTo, NAMED + 1);
    if (!newest || !items.length) return;
    const { email } = await this.users.ownProfile(userId);
    const token = digestToken(this.config.sessionSecret, userId);
    const mail = digestMail({
      to: email,
      notifications: items.slice(0, NAMED),
      hasMore: items.length > NAMED,
      pages: {
        list: this.mailer.link('/notifications'),
        unsubscribe: this.mailer.link(`/unsubscribe/${token}`),
      },
      unsubscribeAt: this.mailer.link(`/api/v1/${UNSUBSCRIBE}/${token}`),
    });
    await this.mailer.send(run.id, mail);
    await run.commit((transaction) => this.repository.saveTold(transaction, userId, newest));
  }
}
