import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { Activity } from '../../platform/activity/activity.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID, idAt, timeOf } from '../../platform/database/ids.js';
import { mayGoOn, untilLittleIsLeft } from '../../platform/database/portions.js';
import { inBackground } from '../../platform/http/request-context.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { MailTransport } from '../../platform/mail/mail.js';
import { quarterAt } from '../../platform/visits/visits.js';
import { chunksOf } from '../../platform/chunks.js';
import type { CreatedKind } from './entities/statistics.entity.js';
import { dayBefore, dayIn, siteZone } from './insight-times.js';
import { StatisticsRepository } from './statistics.repository.js';

/** A crash loses no more than what came since. */
const HERE_EVERY_MS = 60_000;
const COUNT_EVERY_SECONDS = 900;
const MEASURE_EVERY_SECONDS = 3600;
const PEOPLE_AT_ONCE = 200;
const ROWS_AT_ONCE = 1000;
/** Whoever makes something has saved it by then: what came with a lower id later would be left out. */
const SAVED_AFTER_MS = 60_000;
const CREATED: CreatedKind[] = ['registrations', 'posts', 'messages'];
const WEEK = 7;

/** Counts what the site's statistics tell, in the background: nobody who reads or writes waits for it. */
@Injectable()
export class SiteCountingService
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(SiteCountingService.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly activity: Activity,
    private readonly mails: MailTransport,
    private readonly repository: StatisticsRepository,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('statistics.count', COUNT_EVERY_SECONDS, () => this.count());
    this.jobs.handleEvery('statistics.measure', MEASURE_EVERY_SECONDS, () => this.measure());
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.note(), HERE_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.note();
  }

  /** Saves who has been here and how many mails went out since the last time. */
  async note(): Promise<void> {
    const [people, mails, now] = [this.activity.take(), this.mails.takeSent(), Date.now()];
    await inBackground(async () => {
      try {
        const day = dayIn(siteZone(), now);
        for (const some of chunksOf(people, PEOPLE_AT_ONCE))
          await this.database.transaction((transaction) =>
            this.repository.insertActive(transaction, some, day),
          );
        if (mails)
          await this.database.transaction((transaction) =>
            this.repository.addSums(transaction, 'mails', new Map([[quarterAt(now), mails]])),
          );
      } catch (error) {
        this.logger.warn({ err: error }, 'Active people could not be counted');
      }
    }, this.stopping.signal);
  }

  async count(before = Date.now() - SAVED_AFTER_MS): Promise<void> {
    for (const kind of CREATED) await this.countCreated(kind, idAt(before));
    await this.countActive();
  }

  /** By their ids, which hold the time. What is deleted after it was counted stays in the sums. */
  private countCreated(kind: CreatedKind, before: string): Promise<void> {
    return untilLittleIsLeft(async (limit) => {
      const from = await this.repository.findPosition(kind);
      // A clock was set back.
      if (from !== null && before <= from) return 0;
      const ids = await this.repository.findCreated(kind, from ?? FIRST_ID, before, limit);
      // A moment, if all are counted: the id of somebody would outlive their account.
      const upTo = ids.length < limit ? before : ids.at(-1)!;
      const counts = new Map<number, number>();
      for (const id of ids) {
        const quarter = quarterAt(Date.parse(timeOf(id)));
        counts.set(quarter, (counts.get(quarter) ?? 0) + 1);
      }
      return this.database.transaction(async (transaction) => {
        if (!(await this.repository.moveOn(transaction, kind, from, upTo))) return 0;
        await this.repository.addSums(transaction, kind, counts);
        return ids.length;
      });
    });
  }

  /** Today and yesterday, whose last hour may not have been counted; then forgets who was here before. */
  private async countActive(): Promise<void> {
    const today = dayIn(siteZone(), Date.now());
    const days = [dayBefore(today, 1), today].map((day) => ({
      day,
      first: dayBefore(day, WEEK - 1),
      people: 0,
      week: new Set<string>(),
    }));
    const oldest = days[0]!.first;
    let after = { userId: FIRST_ID, day: oldest };
    for (;;) {
      const rows = await this.repository.findActive(after, ROWS_AT_ONCE);
      const past = new Set<string>();
      for (const { userId, day } of rows) {
        if (day < oldest) past.add(userId);
        for (const counted of days) {
          if (day === counted.day) counted.people++;
          if (day >= counted.first && day <= counted.day) counted.week.add(userId);
        }
      }
      if (past.size)
        await this.database.transaction((transaction) =>
          this.repository.forgetActive(transaction, [...past], oldest),
        );
      if (rows.length < ROWS_AT_ONCE) break;
      mayGoOn();
      after = rows.at(-1)!;
    }
    await this.database.transaction(async (transaction) => {
      for (const { day, people, week } of days)
        if (week.size)
          await this.repository.saveDay(transaction, { day, people, peopleOfWeek: week.size });
    });
  }

  /** How much room photos and videos take. */
  async measure(): Promise<void> {
    let bytes = 0;
    for (let after = FIRST_ID; ;) {
      const rows = await this.repository.findMedia(after, ROWS_AT_ONCE);
      bytes = rows.reduce((sum, row) => sum + Number(row.bytes), bytes);
      after = rows.at(-1)?.id ?? after;
      if (rows.length < ROWS_AT_ONCE) break;
      mayGoOn();
    }
    await this.database.transaction((transaction) =>
      this.repository.saveMediaBytes(transaction, bytes),
    );
  }
}
