import { Injectable } from '@nestjs/common';
import type { CalendarAddress, CalendarState } from '@echomate/contracts/events.dto';
import { Access } from '../../access/access.service.js';
import { Config } from '../../platform/config/config.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { notFound } from '../../platform/http/problem.js';
import { SiteService } from '../../platform/site/site.service.js';
import { DAY_MS } from '../../platform/periods.js';
import { CalendarsRepository } from './calendars.repository.js';
import { calendarOf } from './event-calendar.js';
import { EventsRepository } from './events.repository.js';

const SECRET = /^[\w-]{32}$/;
const KEPT_DAYS = 90;
const MOST_SERIES = 300;
/** Counts each pattern as one date, and every date that differs from its pattern. */
const MOST_DATES = 2000;

/** Events as calendar programs read them. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly repository: CalendarsRepository,
    private readonly events: EventsRepository,
    private readonly access: Access,
    private readonly database: Database,
    private readonly site: SiteService,
    private readonly config: Config,
  ) {}

  /** An event, with all its dates. */
  async ofEvent(viewerId: string, id: string): Promise<string> {
    if (!(await this.access.canSee(viewerId, 'event', id))) throw notFound();
    const place = await this.events.findPlace(this.database, id);
    return this.calendar(viewerId, place ? [place.seriesId] : []);
  }

  /** All events of a person's groups, for whoever knows the secret; the rule is applied as for that person. */
  async ofSecret(secret: string): Promise<string> {
    const userId = SECRET.test(secret) ? await this.repository.findOwner(secret) : null;
    if (!userId) throw notFound();
    const from = new Date(Date.now() - KEPT_DAYS * DAY_MS).toISOString();
    return this.calendar(userId, await this.events.findOwnSeries(userId, from, MOST_SERIES));
  }

  async state(userId: string): Promise<CalendarState> {
    return { createdAt: (await this.repository.find(userId))?.createdAt ?? null };
  }

  /** A new address; the one before leads nowhere any more. */
  async renew(userId: string): Promise<CalendarAddress> {
    const createdAt = new Date().toISOString();
    const secret = await this.database.transaction(async (transaction) => {
      await locks.users(transaction, userId);
      return this.repository.renew(transaction, userId, createdAt);
    });
    const url = new URL(`/api/v1/calendars/${secret}.ics`, this.config.publicUrl).href;
    return { url, createdAt };
  }

  async revoke(userId: string): Promise<void> {
    await this.database.transaction((transaction) => this.repository.delete(transaction, userId));
  }

  private async calendar(viewerId: string, series: string[]): Promise<string> {
    return calendarOf(await this.events.findForCalendar(viewerId, series, MOST_DATES), {
      name: await this.site.name(),
      host: this.config.publicUrl.hostname,
      urlOf: (id) => new URL(`/events/${id}`, this.config.publicUrl).href,
    });
  }
}
