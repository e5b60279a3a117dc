import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { AddressRefused, Outgoing } from '../../platform/outgoing/outgoing.js';
import { Looking } from '../../platform/realtime/presence.js';
import { SiteService } from '../../platform/site/site.service.js';
import { MessageSent } from '../chat/chat.domain-events.js';
import {
  DEFAULT_ZONE,
  NotificationSettingsRepository,
} from './notification-settings.repository.js';
import { quietUntil } from './notification-times.js';
import { pushWords, type PushWords } from './push-words.js';
import { PushRepository } from './push.repository.js';
import { PushSubscriptionsRepository, type Target } from './push-subscriptions.repository.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';

/** What happened for one session; waiting ones of the same session are sent as one. */
interface Waiting {
  sessionId: string;
  notificationIds: string[];
  messageIds: string[];
}

const SEND = 'notifications.push';
/** After an hour and more of trying it is no longer worth the while. */
const MOST_ATTEMPTS = 11;
/** Others may write any number of messages in a night: the newest so many are counted. */
const MOST_COUNTED = 100;
const KEPT_SECONDS = 24 * 3600;
const MINUTE_MS = 60_000;

/** Pushes to browsers, each by a job that asks the rule, the choices and the quiet hours at the moment of sending. */
@Injectable()
export class PushService implements OnModuleInit {
  private readonly logger = new Logger(PushService.name);

  constructor(
    private readonly repository: PushRepository,
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly devices: PushSubscriptionsService,
    private readonly settings: NotificationSettingsRepository,
    private readonly looking: Looking,
    private readonly outgoing: Outgoing,
    private readonly site: SiteService,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.handleTogether<Waiting>(SEND, (waiting, run) => this.send(waiting, run));
    // One statement in the sender's transaction: most people have no device to tell.
    this.domainEvents.inTransaction(
      MessageSent,
      async ({ messageId, conversationId, senderId }, transaction) => {
        const sessions = await this.repository.findSessionsOfOther(
          transaction,
          conversationId,
          senderId,
        );
        for (const sessionId of sessions)
          await this.enqueue(transaction, {
            sessionId,
            notificationIds: [],
            messageIds: [messageId],
          });
      },
    );
  }

  /** These people are told these notifications, by person. */
  async plan(transaction: Transaction, told: Map<string, string>): Promise<void> {
    if (!told.size) return;
    const sessions = await this.subscriptions.findSessionsOf(transaction, [...told.keys()]);
    for (const [userId, ids] of sessions)
      for (const sessionId of ids)
        await this.enqueue(transaction, {
          sessionId,
          notificationIds: [told.get(userId)!],
          messageIds: [],
        });
  }

  private enqueue(transaction: Transaction, waiting: Waiting, afterMinutes = 0): Promise<void> {
    const batch = waiting.sessionId;
    return this.jobs.enqueue(transaction, SEND, waiting, { batch, afterMinutes });
  }

  private async send(all: Waiting[], run: JobRun): Promise<void> {
    const waiting = together(all);
    const now = new Date();
    const target = await this.subscriptions.find(waiting.sessionId, now.toISOString());
    if (!target) return;
    const { userId } = target;
    const minutes = await this.quietMinutes(userId, now);
    if (minutes > 0)
      return run.commit((transaction) => this.postpone(transaction, waiting, minutes));
    if ((await this.looking.online([userId])).has(userId)) return;
    const words = pushWords(
      await this.repository.findKinds(userId, waiting.notificationIds),
      await this.repository.countMessages(userId, waiting.messageIds),
    );
    if (!words) return;
    const title = await this.site.name();
    await this.deliver(waiting.sessionId, target, { title, ...words }, run);
  }

  /** One job holds all that waits for the end of the quiet hours: jobs that end up at the same time may run apart. */
  private async postpone(
    transaction: Transaction,
    waiting: Waiting,
    minutes: number,
  ): Promise<void> {
    await locks.quietPush(transaction, waiting.sessionId);
    const others = await this.jobs.takeBack<Waiting>(transaction, SEND, waiting.sessionId);
    await this.enqueue(transaction, together([...others, waiting]), minutes);
  }

  private async quietMinutes(userId: string, now: Date): Promise<number> {
    const settings = await this.settings.find(userId);
    if (!settings?.quietFrom || !settings.quietTo) return 0;
    const { zone, quietFrom: from, quietTo: to } = settings;
    const until = quietUntil({ zone: zone ?? DEFAULT_ZONE, from, to }, now);
    return until ? Math.ceil((Date.parse(until) - now.getTime()) / MINUTE_MS) : 0;
  }

  private async deliver(
    sessionId: string,
    { endpoint, p256dh, auth }: Target,
    words: PushWords & { title: string },
    run: JobRun,
  ): Promise<void> {
    const { publicKey, privateKey } = await this.devices.keys();
    const { default: webPush } = await import('web-push');
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(words),
      {
        vapidDetails: { subject: this.config.pushContact, publicKey, privateKey },
        TTL: KEPT_SECONDS,
        topic: words.tag,
        urgency: 'normal',
      },
    );
    const status = await this.post(endpoint, headers as Record<string, string>, body!);
    if (status >= 200 && status < 300) return;
    if (status === 404 || status === 410)
      return run.commit((transaction) =>
        this.subscriptions.deleteGone(transaction, sessionId, endpoint),
      );
    const isPassing = status === 0 || status === 429 || status >= 500;
    if (isPassing && run.attempt < MOST_ATTEMPTS)
      throw new Error(`A push service answered ${status}`);
    this.logger.warn({ status, host: new URL(endpoint).host }, 'A push could not be sent');
  }

  /** 0 if it could not be reached. */
  private async post(
    endpoint: string,
    headers: Record<string, string>,
    body: Buffer,
  ): Promise<number> {
    try {
      return await this.outgoing.post(endpoint, headers, body);
    } catch (error) {
      if (error instanceof AddressRefused) return 403;
      return 0;
    }
  }
}

const newestOf = (ids: string[]): string[] => [...new Set(ids)].sort().slice(-MOST_COUNTED);

const together = (all: Waiting[]): Waiting => ({
  sessionId: all[0]!.sessionId,
  notificationIds: newestOf(all.flatMap(({ notificationIds }) => notificationIds)),
  messageIds: newestOf(all.flatMap(({ messageIds }) => messageIds)),
});
