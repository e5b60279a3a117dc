import { Injectable } from '@nestjs/common';
import type {
  FollowersOverTime,
  InsightNumbers,
  InsightRange,
  Insights,
  PeopleOverTime,
  PostInsights,
  ReachedPost,
} from '@echomate/contracts/insights.dto';
import { LIMITS } from '@echomate/contracts/limits';
import type { Post } from '@echomate/contracts/posts.dto';
import { idAt } from '../../platform/database/ids.js';
import { notFound } from '../../platform/http/problem.js';
import { QUARTER_MS } from '../../platform/visits/visits.js';
import { PostsService } from '../posts/posts.service.js';
import type { SumKind } from './entities/insights.entity.js';
import { DEFAULT_ZONE, InsightSettingsRepository } from './insight-settings.repository.js';
import {
  beginningOf,
  clockOf,
  daysBetween,
  placesIn,
  spansOf,
  weekdayOf,
  type Span,
} from './insight-times.js';
import { InsightsRepository, type SumRow } from './insights.repository.js';
import { busyDays, overTime } from './people-counts.js';

/** Of the posts reached or answered most. */
const POSTS_SHOWN = 5;
/** Some of them may just have been deleted, or be in a group that their author has left. */
const POSTS_READ = 20;

/** Sums of one kind in each span, and of all of them by weekday and hour. */
interface Summed {
  bySpan: Record<SumKind, number[]>;
  byHour: number[][];
}

/** What people learn of how they are read: numbers, and nobody's name. */
@Injectable()
export class InsightsService {
  constructor(
    private readonly repository: InsightsRepository,
    private readonly settings: InsightSettingsRepository,
    private readonly posts: PostsService,
  ) {}

  async overview(viewerId: string, range: InsightRange): Promise<Insights> {
    const { isKept, ...own } = await this.settings.find(viewerId);
    const zone = own.zone ?? DEFAULT_ZONE;
    return { range, zone, numbers: isKept ? await this.numbers(viewerId, range, zone) : null };
  }

  /** For its author only; to everybody else there is no such thing. */
  async ofPost(viewerId: string, postId: string): Promise<PostInsights> {
    const post = await this.posts.post(viewerId, postId);
    // The post of an event names whoever planned it, but has no author.
    if (post.author?.id !== viewerId || post.event) throw notFound();
    const { isKept, ...own } = await this.settings.find(viewerId);
    const zone = own.zone ?? DEFAULT_ZONE;
    return { zone, reach: isKept ? await this.reach(post, zone) : null };
  }

  private async numbers(
    ownerId: string,
    range: InsightRange,
    zone: string,
  ): Promise<InsightNumbers> {
    const spans = spansOf(range, zone, new Date());
    const from = beginningOf(spans, zone);
    const first = idAt(from * QUARTER_MS);
    const [{ bySpan, byHour }, mostReached, mostAnswered] = await Promise.all([
      summed(this.repository.sumsOf(ownerId, from), { spans, zone, from }),
      this.mostReached(ownerId, first, zone),
      this.mostAnswered(ownerId, first),
    ]);
    return {
      reach: overTime(spans, bySpan.reach),
      visits: overTime(spans, bySpan.visits),
      followers: followersOver(spans, bySpan),
      busyTimes: busyDays(byHour),
      mostReached,
      mostAnswered,
    };
  }

  private async reach(post: Post, zone: string): Promise<PeopleOverTime> {
    const days = daysBetween(
      zone,
      new Date(post.createdAt),
      new Date(),
      LIMITS.insights.countedDays,
    );
    const from = beginningOf(days, zone);
    const { bySpan } = await summed(this.repository.reachOf(post.id), { spans: days, zone, from });
    return overTime(days, bySpan.reach);
  }

  private async mostReached(ownerId: string, from: string, zone: string): Promise<ReachedPost[]> {
    const ids = await this.repository.findMostReached(ownerId, from, POSTS_READ);
    const reached: ReachedPost[] = [];
    for (const post of (await this.inOrder(ownerId, ids)).slice(0, POSTS_SHOWN)) {
      // The same as on its own page: another number would tell what that one keeps back.
      const { total: people, isAtLeast } = await this.reach(post, zone);
      reached.push({ post, people, isAtLeast });
    }
    // Among posts that reached few, an order would tell which reached more of them.
    const few = reached.filter(({ people }) => people === null);
    few.sort((a, b) => (a.post.id < b.post.id ? 1 : -1));
    return [...reached.filter(({ people }) => people !== null), ...few];
  }

  private async mostAnswered(ownerId: string, from: string): Promise<Post[]> {
    const ids = await this.repository.findMostAnswered(ownerId, from, POSTS_READ);
    return (await this.inOrder(ownerId, ids))
      .filter(({ commentCount }) => commentCount > 0)
      .sort((a, b) => b.commentCount - a.commentCount)
      .slice(0, POSTS_SHOWN);
  }

  private async inOrder(ownerId: string, ids: string[]): Promise<Post[]> {
    if (!ids.length) return [];
    const posts = await this.posts.some(ownerId, ids);
    return posts.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }
}

async function summed(
  rows: AsyncGenerator<SumRow>,
  { spans, zone, from }: { spans: Span[]; zone: string; from: number },
): Promise<Summed> {
  const timeAt = clockOf(zone, from);
  const placeOf = placesIn(spans);
  const nothing = () => spans.map(() => 0);
  const bySpan = { reach: nothing(), visits: nothing(), gained: nothing(), lost: nothing() };
  const byHour = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  for await (const { quarter, kind, people } of rows) {
    const { day, hour } = timeAt(quarter);
    const place = placeOf(day);
    if (place === undefined) continue;
    bySpan[kind][place]! += people;
    if (kind === 'reach') byHour[weekdayOf(day) - 1]![hour]! += people;
  }
  return { bySpan, byHour };
}

function followersOver(spans: Span[], { gained, lost }: Summed['bySpan']): FollowersOverTime {
  const sumOf = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0);
  return {
    gained: sumOf(gained),
    lost: sumOf(lost),
    spans: spans.map((span, at) => ({ ...span, gained: gained[at]!, lost: lost[at]! })),
  };
}
