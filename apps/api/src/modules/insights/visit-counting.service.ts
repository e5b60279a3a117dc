import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { Database } from '../../platform/database/database.service.js';
import { idAt } from '../../platform/database/ids.js';
import { locks } from '../../platform/database/locks.js';
import { inBackground } from '../../platform/http/request-context.js';
import { QUARTER_MS, Visits, type Visit } from '../../platform/visits/visits.js';
import { DAY_MS } from '../../platform/periods.js';
import { chunksOf } from '../../platform/chunks.js';
import { DEFAULT_ZONE } from './insight-settings.repository.js';
import { dayIn } from './insight-times.js';
import {
  VisitCountingRepository,
  type Added,
  type AddedToPost,
} from './visit-counting.repository.js';

/** A crash loses no more than what came since. */
const EVERY_MS = 5_000;
/** In one transaction. */
const IDS_AT_ONCE = 60;

/** Posts with lower ids are no longer counted at this moment. */
export const oldestCounted = (ms: number): string =>
  idAt(ms - LIMITS.insights.countedDays * DAY_MS);

/** Counts what people were shown, in the background and together. */
@Injectable()
export class VisitCountingService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(VisitCountingService.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private counted: Promise<void> = Promise.resolve();

  constructor(
    private readonly visits: Visits,
    private readonly repository: VisitCountingRepository,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.count(), EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.count();
  }

  /** Everything that waits, once what is being counted is done. */
  count(): Promise<void> {
    const work = () => inBackground(() => this.countWaiting(), this.stopping.signal);
    return (this.counted = this.counted.then(work));
  }

  private async countWaiting(): Promise<void> {
    for (const some of portionsOf(this.visits.take()))
      try {
        await this.countSome(some);
      } catch (error) {
        this.logger.warn({ err: error }, 'Visits were not counted and will be tried again');
        this.visits.putBack(some);
      }
  }

  private async countSome(visits: Visit[]): Promise<void> {
    const posts = visits.filter(({ kind }) => kind === 'post');
    if (posts.length) await this.countPosts(posts);
    for (const visit of visits) if (visit.kind === 'person') await this.countPeople(visit);
  }

  private async countPosts(visits: Visit[]): Promise<void> {
    const authors = new Map<string, string>();
    const fresh: { viewerId: string; quarter: number; oldest: string; ids: string[] }[] = [];
    // Looks first: most has been counted before, and reading doesn't wait for writers.
    for (const { viewerId, quarter, ids } of visits) {
      const oldest = oldestCounted(quarter * QUARTER_MS);
      const rows = await this.repository.findUncounted(viewerId, [...ids], oldest);
      for (const { id, authorId } of rows) authors.set(id, authorId);
      if (rows.length) fresh.push({ viewerId, quarter, oldest, ids: rows.map(({ id }) => id) });
    }
    if (!fresh.length) return;
    await this.database.transaction(async (transaction) => {
      const viewers = fresh.map(({ viewerId }) => viewerId);
      await locks.insights(transaction, [...viewers, ...authors.values()]);
      const reached: AddedToPost[] = [];
      for (const { viewerId, quarter, oldest, ids } of fresh)
        for (const postId of await this.repository.insertViewer(transaction, viewerId, ids, oldest))
          reached.push({ postId, ownerId: authors.get(postId)!, quarter, people: 1 });
      await this.repository.addReach(
        transaction,
        summed(reached, ({ postId }) => postId),
      );
      await this.repository.addSums(
        transaction,
        'reach',
        summed<Added>(reached, ({ ownerId }) => ownerId),
      );
    });
  }

  private async countPeople({ viewerId, quarter, ids }: Visit): Promise<void> {
    const visited = await this.repository.findVisited(viewerId, [...ids]);
    if (!visited.length) return;
    await this.database.transaction(async (transaction) => {
      const owners = visited.map(({ id }) => id);
      await locks.insights(transaction, [viewerId, ...owners]);
      for (const { id: ownerId, zone } of visited) {
        const day = dayIn(zone ?? DEFAULT_ZONE, quarter * QUARTER_MS);
        if (await this.repository.insertVisitor(transaction, { ownerId, viewerId, day }))
          await this.repository.addSums(transaction, 'visits', [{ ownerId, quarter, people: 1 }]);
      }
    });
  }
}

/** Of so many ids each. */
function portionsOf(visits: Visit[]): Visit[][] {
  const portions: Visit[][] = [];
  let size = IDS_AT_ONCE;
  for (const visit of visits) {
    const ids = [...visit.ids];
    for (const some of chunksOf(ids, IDS_AT_ONCE)) {
      if (size + some.length > IDS_AT_ONCE) {
        portions.push([]);
        size = 0;
      }
      portions.at(-1)!.push({ ...visit, ids: new Set(some) });
      size += some.length;
    }
  }
  return portions;
}

/** Those of the same thing and quarter hour together, in one order, so that no two transactions wait for each other. */
function summed<One extends Added>(added: One[], thingOf: (one: One) => string): One[] {
  const sums = new Map<string, One>();
  for (const one of added) {
    const key = `${thingOf(one)} ${one.quarter}`;
    sums.set(key, { ...one, people: (sums.get(key)?.people ?? 0) + one.people });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
