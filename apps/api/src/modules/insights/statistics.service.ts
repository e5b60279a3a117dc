import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { InsightRange } from '@echomate/contracts/insights.dto';
import type { ActivePeople, CountOverTime, Statistics } from '@echomate/contracts/statistics.dto';
import type { SiteSumKind } from './entities/statistics.entity.js';
import {
  beginningOf,
  clockOf,
  dayBefore,
  dayIn,
  placesIn,
  siteZone,
  spansOf,
  type Span,
} from './insight-times.js';
import { StatisticsRepository } from './statistics.repository.js';

/** A year has tens of thousands of quarter hours. */
const ROWS_AT_ONCE = 1000;

/** What an admin learns of the site: numbers, and nobody's name. */
@Injectable()
export class StatisticsService {
  constructor(private readonly repository: StatisticsRepository) {}

  async ofSite(range: InsightRange): Promise<Statistics> {
    const zone = siteZone();
    const spans = spansOf(range, zone, new Date());
    const over = (kind: SiteSumKind) => this.overTime(kind, spans, zone);
    return {
      range,
      zone,
      people: await this.repository.countPeople(),
      active: await this.active(spans),
      registrations: await over('registrations'),
      posts: await over('posts'),
      messages: await over('messages'),
      mails: await over('mails'),
      storage: {
        media: await this.repository.mediaBytes(),
        database: await this.repository.databaseBytes(),
      },
      jobs: {
        waiting: await this.repository.countDueJobs(new Date().toISOString()),
        failed: await this.repository.findFailedJobs(),
      },
    };
  }

  private async overTime(kind: SiteSumKind, spans: Span[], zone: string): Promise<CountOverTime> {
    const from = beginningOf(spans, zone);
    const timeAt = clockOf(zone, from);
    const placeOf = placesIn(spans);
    const counts = spans.map(() => 0);
    for (let after = from; ;) {
      const rows = await this.repository.findSums(kind, after, ROWS_AT_ONCE);
      for (const { quarter, count } of rows) {
        const place = placeOf(timeAt(quarter).day);
        if (place !== undefined) counts[place]! += count;
      }
      if (rows.length < ROWS_AT_ONCE) break;
      after = rows.at(-1)!.quarter + 1;
      await nextTurn();
    }
    return {
      total: counts.reduce((sum, count) => sum + count, 0),
      spans: spans.map((span, place) => ({ ...span, count: counts[place]! })),
    };
  }

  private async active(spans: Span[]): Promise<ActivePeople> {
    const days = await this.repository.findDays(spans[0]!.from);
    const average = (of: 'people' | 'peopleOfWeek') =>
      spans.map((span) => {
        const within = days.filter(({ day }) => day >= span.from && day <= span.to);
        const sum = within.reduce((all, day) => all + day[of], 0);
        return { ...span, count: within.length ? Math.round(sum / within.length) : 0 };
      });
    const yesterday = dayBefore(dayIn(siteZone(), Date.now()), 1);
    return {
      thisWeek: days.findLast(({ day }) => day >= yesterday)?.peopleOfWeek ?? 0,
      byDay: average('people'),
      byWeek: average('peopleOfWeek'),
    };
  }
}
