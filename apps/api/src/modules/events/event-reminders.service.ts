import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { untilLittleIsLeft } from '../../platform/database/portions.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { dueReminder, nextReminderAt } from './event-times.js';
import { EventReminderDue } from './events.domain-events.js';
import { EventsRepository } from './events.repository.js';

const EVERY_SECONDS = 30;

/**
 * Announces events a day and an hour before. When the next reminder is due stands with the event, so it moves with it
 * and goes when it is cancelled; that it was announced is saved together with the announcement.
 */
@Injectable()
export class EventRemindersService implements OnModuleInit {
  constructor(
    private readonly repository: EventsRepository,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('events.remind', EVERY_SECONDS, () => this.remind(new Date()));
  }

  async remind(now: Date): Promise<void> {
    await untilLittleIsLeft(async (limit) => {
      const ids = await this.repository.findToRemind(now.toISOString(), limit);
      for (const id of ids) await this.remindOf(id, now);
      return ids.length;
    });
  }

  private remindOf(id: string, now: Date): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const place = await this.repository.findPlace(transaction, id);
      if (!place) return;
      await locks.events(transaction, place.seriesId);
      const due = await this.repository.findDue(transaction, id, now.toISOString());
      if (!due) return;
      await this.repository.update(transaction, id, {
        nextReminderAt: nextReminderAt(due.startsAt, now),
      });
      const before = dueReminder(due.startsAt, now);
      if (before && due.isThere)
        await this.domainEvents.announce(
          transaction,
          new EventReminderDue(id, due.groupId, before),
        );
    });
  }
}
