import { Injectable } from '@nestjs/common';
import type { DiscoveredPost, DiscoveredPostPage } from '@echomate/contracts/discovery.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { idAt } from '../../platform/database/ids.js';
import { byRank, rankedFrom, rankedPage, rounded } from '../../platform/http/ranked-pages.js';
import { DAY_MS } from '../../platform/periods.js';
import { chunksOf } from '../../platform/chunks.js';
import { PostsService } from '../posts/posts.service.js';
import { DiscoverPostsRepository } from './discover-posts.repository.js';
import { DiscoverySettingsService } from './discovery-settings.service.js';
import { fewOfEach, postReason, postScore, type PostSignals } from './post-score.js';

const DAYS = 7;
const RANKED_AT_MOST = 100;
/** Posts about which the rule is asked in one statement. */
const ASKED_AT_ONCE = 128;
/** Posts per statement, each read with its reactions. */
const WEIGHED_AT_ONCE = 5;

type Weighed = PostSignals & { id: string; authorId: string };

/** Public posts that stir people this week, by whom the viewer doesn't follow yet. */
@Injectable()
export class DiscoverPostsService {
  constructor(
    private readonly repository: DiscoverPostsRepository,
    private readonly settings: DiscoverySettingsService,
    private readonly posts: PostsService,
  ) {}

  /** Ranks as of the time of the first page, so that pages are consistent. */
  async page(viewerId: string, { cursor, limit }: PageQuery): Promise<DiscoveredPostPage> {
    const from = rankedFrom(cursor);
    const since = idAt(from.now - DAYS * DAY_MS);
    const ids = await this.candidates(viewerId, since);
    const weighed = await this.weighed(viewerId, ids);
    const ranked = weighed
      .map((signals) => ({ ...signals, score: rounded(postScore(signals, from.now)) }))
      .filter(({ score }) => score > 0)
      .sort(byRank);
    const { shown, nextCursor } = rankedPage(fewOfEach(ranked), from, limit);
    return { items: shown.length ? await this.inOrder(viewerId, shown) : [], nextCursor };
  }

  /** In portions, which yield to other requests in between. */
  private async candidates(viewerId: string, since: string): Promise<string[]> {
    const hinted = await this.repository.findHinted(viewerId, since);
    const found: string[] = [];
    for (let at = 0; at < hinted.length && found.length < RANKED_AT_MOST; at += ASKED_AT_ONCE) {
      const asked = hinted.slice(at, at + ASKED_AT_ONCE);
      const shown = await this.repository.findAmong(viewerId, asked);
      found.push(...asked.filter((id) => shown.has(id)));
    }
    return found.slice(0, RANKED_AT_MOST);
  }

  private async weighed(viewerId: string, ids: string[]): Promise<Weighed[]> {
    const { tags } = await this.settings.interestsOf(viewerId);
    const tagged = Map.groupBy(await this.repository.findTags(ids, tags), ({ postId }) => postId);
    const weighed: Weighed[] = [];
    for (const some of chunksOf(ids, WEIGHED_AT_ONCE))
      for (const row of await this.repository.findWeighed(viewerId, some))
        weighed.push({ ...row, tags: (tagged.get(row.id) ?? []).map(({ tag }) => tag) });
    return weighed;
  }

  private async inOrder(viewerId: string, shown: Weighed[]): Promise<DiscoveredPost[]> {
    const ids = this.repository.ofIds(
      viewerId,
      shown.map(({ id }) => id),
    );
    const { items } = await this.posts.page(viewerId, ids, shown.length);
    const posts = new Map(items.map((post) => [post.id, post]));
    return shown.flatMap((signals) => {
      const post = posts.get(signals.id);
      return post ? [{ ...post, reason: postReason(signals) }] : [];
    });
  }
}
