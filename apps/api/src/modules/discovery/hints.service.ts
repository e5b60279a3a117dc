import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { idAt, LAST_ID } from '../../platform/database/ids.js';
import { byRank, type Ranked } from '../../platform/http/ranked-pages.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { chunksOf } from '../../platform/chunks.js';
import { fewOfEach, postScore } from './post-score.js';
import { StirringPostsRepository, type RecentPostRow } from './stirring-posts.repository.js';
import { TrendsRepository } from './trends.repository.js';
import { trendScore, WEEKS_BEFORE, weeksAgo } from './trend-score.js';

const EVERY_SECONDS = 600;
const READ_AT_ONCE = 500;
const WRITTEN_AT_ONCE = 50;

const STIRRING_KEPT = 300;
/** Comments of one person must not count for many. */
const COMMENTS_COUNTED = 30;

const TAGS_KEPT = 24;
const PEOPLE_AT_LEAST = 3;
/** Of each week; so many people also count for viewers. */
const PEOPLE_KEPT = 30;

/** The newest post of each person who used a hashtag, by week and hashtag. */
type Uses = Map<string, Map<string, string>>[];
type Stirring = Ranked & { authorId: string };

/**
 * Keeps the hints of what stirs people and what trends. They follow from what is there, whenever and however often this
 * runs, and only say where to look: what is shown is decided when it is read.
 */
@Injectable()
export class HintsService implements OnModuleInit {
  constructor(
    private readonly stirring: StirringPostsRepository,
    private readonly trends: TrendsRepository,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery('discovery.settle-hints', EVERY_SECONDS, () => this.settle());
  }

  async settle(): Promise<void> {
    const now = Date.now();
    await this.settleStirring(now);
    await this.settleTrends(now);
  }

  private async settleStirring(now: number): Promise<void> {
    let strongest: Stirring[] = [];
    const cut = () => (strongest = fewOfEach(strongest.sort(byRank)).slice(0, STIRRING_KEPT));
    for (let after: string | undefined = idAt(weeksAgo(1, now)); after !== undefined;) {
      const rows: RecentPostRow[] = await this.stirring.findRecent(after, READ_AT_ONCE);
      strongest.push(
        ...rows
          .filter(({ isOpen }) => isOpen)
          .map(({ id, authorId, ...row }) => ({ id, authorId, score: scoreOf(row, now) }))
          .filter(({ score }) => score > 0),
      );
      cut();
      after = rows[READ_AT_ONCE - 1]?.id;
    }
    const kept = strongest.map(({ id }) => id);
    for (const some of chunksOf(kept, WRITTEN_AT_ONCE))
      await this.database.transaction((transaction) => this.stirring.save(transaction, some));
    await this.database.inBatches((transaction, limit) =>
      this.stirring.deleteSomeBut(transaction, kept, limit),
    );
  }

  private async settleTrends(now: number): Promise<void> {
    const uses: Uses = [await this.usesIn(0, now, () => true)];
    const mayTrend = new Set(
      [...uses[0]!].filter(([, by]) => by.size >= PEOPLE_AT_LEAST).map(([tag]) => tag),
    );
    for (let week = 1; week <= WEEKS_BEFORE; week++)
      uses.push(await this.usesIn(week, now, (tag) => mayTrend.has(tag)));
    const kept = [...mayTrend]
      .map((id) => {
        const [thisWeek = 0, ...before] = uses.map((week) =>
          Math.min(week.get(id)?.size ?? 0, PEOPLE_KEPT),
        );
        return { id, score: trendScore(thisWeek, before) };
      })
      .filter(({ score }) => score > 0)
      .sort(byRank)
      .slice(0, TAGS_KEPT)
      .map(({ id }) => id);
    for (const tag of kept) {
      const postIds = uses.flatMap((week) =>
        [...(week.get(tag)?.values() ?? [])].sort().slice(-PEOPLE_KEPT),
      );
      await this.database.transaction((transaction) =>
        this.trends.replace(transaction, tag, postIds),
      );
    }
    await this.database.inBatches((transaction, limit) =>
      this.trends.deleteSomeBut(transaction, kept, limit),
    );
  }

  /** A portion ends in the middle of a post's hashtags, so the next one begins with that post again. */
  private async usesIn(
    week: number,
    now: number,
    isWanted: (tag: string) => boolean,
  ): Promise<Uses[number]> {
    const uses: Uses[number] = new Map();
    const end = week === 0 ? LAST_ID : idAt(weeksAgo(week, now));
    for (let from: string | undefined = idAt(weeksAgo(week + 1, now)); from !== undefined;) {
      const rows = await this.trends.findUses(from, end, READ_AT_ONCE);
      for (const { tag, authorId, postId, reach } of rows) {
        if (reach !== 'everyone' || !isWanted(tag)) continue;
        const by = uses.get(tag) ?? new Map<string, string>();
        uses.set(tag, by.set(authorId, postId));
      }
      from = rows[READ_AT_ONCE - 1]?.postId;
    }
    return uses;
  }
}

const scoreOf = (
  row: Pick<RecentPostRow, 'createdAt' | 'likeCount' | 'commentCount' | 'shareCount'>,
  now: number,
): number =>
  postScore(
    {
      likes: row.likeCount,
      commenters: Math.min(row.commentCount, COMMENTS_COUNTED),
      sharers: row.shareCount,
      createdAt: row.createdAt,
      tags: [],
    },
    now,
  );
