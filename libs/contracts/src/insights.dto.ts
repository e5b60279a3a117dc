import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { IfGiven, IsId, IsListOfIds, IsZone } from './fields.js';
import { LIMITS } from './limits.js';
import { Post } from './posts.dto.js';
import { sayingOneOf } from './saying.js';

/** Seven days, thirty days, or twelve months: the one that has begun is the last. */
export const INSIGHT_RANGES = ['week', 'month', 'year'] as const;
export type InsightRange = (typeof INSIGHT_RANGES)[number];

export class InsightsQuery {
  /**
   * A `week` and a `month` are told by day, a `year` by month
   * @example month
   */
  @IsOptional()
  @IsIn(INSIGHT_RANGES, sayingOneOf(INSIGHT_RANGES))
  range: (typeof INSIGHT_RANGES)[number] = 'month';
}

/** A day or a month, in the zone of the insights. */
export class PeopleInSpan {
  /**
   * Its first and its last day
   * @example "2026-11-01"
   */
  from!: string;
  /** @example "2026-11-30" */
  to!: string;
  /** `null` for fewer than five, but somebody */
  count!: number | null;
}

export class PeopleOverTime {
  /** `null` for fewer than five, but somebody */
  total!: number | null;
  /** There are that many or more: the exact number would tell that of a day with fewer than five */
  isAtLeast!: boolean;
  spans!: PeopleInSpan[];
}

export class FollowersInSpan {
  /** @example "2026-11-01" */
  from!: string;
  /** @example "2026-11-30" */
  to!: string;
  gained!: number;
  lost!: number;
}

export class FollowersOverTime {
  gained!: number;
  lost!: number;
  spans!: FollowersInSpan[];
}

export class BusyDay {
  /** Monday is 1 */
  weekday!: number;
  /** For each of its 24 hours from 0, quiet, to 4, the busiest */
  levels!: number[];
}

export class ReachedPost {
  post!: Post;
  /** How many people it has reached so far; `null` for fewer than five, but somebody */
  people!: number | null;
  /** There are that many or more */
  isAtLeast!: boolean;
}

export class InsightNumbers {
  /** People whom posts have reached: each counts once for each post, on the day when it reached them */
  reach!: PeopleOverTime;
  /** People who visited the profile: each counts once a day */
  visits!: PeopleOverTime;
  followers!: FollowersOverTime;
  /** When posts reached people; `null` if there were too few */
  busyTimes!: BusyDay[] | null;
  /** Of the posts of this time, those that have reached most people */
  mostReached!: ReachedPost[];
  /** Of the posts of this time, those with most comments */
  mostAnswered!: Post[];
}

export class Insights {
  range!: (typeof INSIGHT_RANGES)[number];
  /** The time zone of its days */
  zone!: string;
  /** `null` while they are switched off */
  numbers!: InsightNumbers | null;
}

export class PostInsights {
  /** The time zone of its days */
  zone!: string;
  /** People it has reached, each counted once, in its first 90 days; `null` while insights are switched off */
  reach!: PeopleOverTime | null;
}

export class InsightSettings {
  /** Whether one's own visits count in the numbers of others */
  isCounted!: boolean;
  /** Whether there are insights for oneself */
  isKept!: boolean;
  /** The IANA time zone of the days; `null` until it has been told, and then UTC */
  zone!: string | null;
}

/** What is left out stays. */
export class InsightSettingsRequest {
  /**
   * `false` leaves one's own visits uncounted from now on
   * @example true
   */
  @IfGiven()
  @IsBoolean(sayingOneOf(['true', 'false']))
  isCounted?: boolean;

  /**
   * `false` deletes what there is, and counts nothing for oneself any more
   * @example true
   */
  @IfGiven()
  @IsBoolean(sayingOneOf(['true', 'false']))
  isKept?: boolean;

  /** @example "Europe/Berlin" */
  @IfGiven()
  @IsZone()
  zone?: string;
}

/** What a page shows that was asked for before it was looked at. */
export class VisitsRequest {
  /** @example ["01989b2e-6a31-7c4e-9f0a-3d5b8c1e2f47"] */
  @IsListOfIds(LIMITS.post.maxRead)
  postIds?: string[];

  /**
   * Whose profile it is
   * @example "01989b2e-6a31-7c4e-9f0a-3d5b8c1e2f47"
   */
  @IfGiven()
  @IsId()
  personId?: string;
}
