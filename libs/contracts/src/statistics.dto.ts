import type { INSIGHT_RANGES } from './insights.dto.js';

export class CountInSpan {
  /**
   * Its first and its last day
   * @example "2026-11-01"
   */
  from!: string;
  /** @example "2026-11-30" */
  to!: string;
  count!: number;
}

export class CountOverTime {
  total!: number;
  spans!: CountInSpan[];
}

export class ActivePeople {
  /** In the seven days up to now */
  thisWeek!: number;
  /** On each day; of a month, on average */
  byDay!: CountInSpan[];
  /** In the seven days up to each day; of a month, on average */
  byWeek!: CountInSpan[];
}

export class FailedJobs {
  /** @example "auth.mail" */
  kind!: string;
  count!: number;
}

export class SiteJobs {
  /** Those that are due, at most 10,000 */
  waiting!: number;
  /** Those that were given up, by kind: somebody must look */
  failed!: FailedJobs[];
}

export class SiteStorage {
  /** Bytes of photos and videos, counted once an hour */
  media!: number;
  /** Bytes of the database */
  database!: number;
}

/** Numbers of the site, and nobody's name. */
export class Statistics {
  range!: (typeof INSIGHT_RANGES)[number];
  /** The time zone of its days: the server's */
  zone!: string;
  /** Accounts */
  people!: number;
  /** People who were here, without those who leave their visits uncounted */
  active!: ActivePeople;
  registrations!: CountOverTime;
  posts!: CountOverTime;
  messages!: CountOverTime;
  /** Mails that were sent */
  mails!: CountOverTime;
  storage!: SiteStorage;
  jobs!: SiteJobs;
}
