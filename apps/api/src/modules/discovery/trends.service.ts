import { Injectable } from '@nestjs/common';
import type { TrendingHashtags } from '@echomate/contracts/discovery.dto';
import { idAt, timeOf } from '../../platform/database/ids.js';
import { chunksOf } from '../../platform/chunks.js';
import { TrendsRepository } from './trends.repository.js';
import { peopleByWeek, trendScore, WEEKS_BEFORE, weeksAgo } from './trend-score.js';

/** Hashtags whose posts are counted in one statement. */
const COUNTED_AT_ONCE = 4;

/** What more people write about than usual, counted for the viewer among what they may see. */
@Injectable()
export class TrendsService {
  constructor(private readonly repository: TrendsRepository) {}

  /** Numbers and order come from posts that the viewer sees, so neither tells of others. */
  async list(viewerId: string, limit: number): Promise<TrendingHashtags> {
    const now = Date.now();
    const since = idAt(weeksAgo(1 + WEEKS_BEFORE, now));
    const tags = await this.repository.findTags(viewerId);
    const trends: { tag: string; people: number; score: number }[] = [];
    for (const asked of chunksOf(tags, COUNTED_AT_ONCE)) {
      const seen = await this.repository.findSeen(viewerId, asked, since);
      for (const [tag, posts] of Map.groupBy(seen, (post) => post.tag)) {
        const uses = posts.map(({ authorId, postId }) => ({
          authorId,
          at: Date.parse(timeOf(postId)),
        }));
        const [people = 0, ...before] = peopleByWeek(uses, now);
        trends.push({ tag, people, score: trendScore(people, before) });
      }
    }
    return {
      items: trends
        .filter(({ score }) => score > 0)
        .sort((one, other) => other.score - one.score || (one.tag < other.tag ? -1 : 1))
        .slice(0, limit)
        .map(({ tag, people }) => ({ tag, people })),
    };
  }
}
