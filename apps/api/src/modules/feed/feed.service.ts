import { Injectable } from '@nestjs/common';
import type { FeedItem, NewerPosts, FeedPage, FeedQuery } from '@echomate/contracts/feed.dto';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { idAt } from '../../platform/database/ids.js';
import { afterId } from '../../platform/http/paging.js';
import { byRank, rankedFrom, rankedPage, rounded } from '../../platform/http/ranked-pages.js';
import { DAY_MS } from '../../platform/periods.js';
import { PostsService } from '../posts/posts.service.js';
import { reasonFor, scoreOf, type Signals } from './feed-ranking.js';
import { FeedRepository } from './feed.repository.js';

const NEWER_COUNTED = 20;
/** Posts per statement, each read with its reactions. */
const WEIGHED_AT_ONCE = 5;
const NO_REACTIONS = { followedLikes: 0, followedCommenters: 0 };
const RANKED_DAYS = 7;
const RANKED_AT_MOST = 200;
const LARGE_RANKED = 20;

@Injectable()
export class FeedService {
  constructor(
    private readonly repository: FeedRepository,
    private readonly posts: PostsService,
    private readonly counts: VisibleCounts,
  ) {}

  page(viewerId: string, query: FeedQuery): Promise<FeedPage> {
    return query.sort === 'top' ? this.top(viewerId, query) : this.latest(viewerId, query);
  }

  async newer(viewerId: string, after: string): Promise<NewerPosts> {
    const options = { withOwn: false };
    const ids = await this.repository.findNewestIds(viewerId, { after }, NEWER_COUNTED, options);
    return { count: ids.length };
  }

  private async latest(viewerId: string, { cursor, limit }: FeedQuery): Promise<FeedPage> {
    const before = afterId(cursor);
    const portion = await this.repository.findPortion(viewerId, { before }, limit + 1);
    const newest = this.repository.newest(viewerId, portion, limit + 1);
    let page = await this.posts.page(viewerId, newest, limit);
    if (page.nextCursor === null && !portion.isLast) {
      const ids = await this.repository.findNewestIds(viewerId, { before }, limit + 1);
      if (ids.length)
        page = await this.posts.page(viewerId, this.repository.ofIds(viewerId, ids), limit);
    }
    return { ...page, items: page.items.map((post) => ({ ...post, reason: null })) };
  }

  /** Ranks the posts of the last days as of the time of the first page, so that pages are consistent. */
  private async top(viewerId: string, { cursor, limit }: FeedQuery): Promise<FeedPage> {
    const from = rankedFrom(cursor);
    const span = { before: from.asOf, after: idAt(from.now - RANKED_DAYS * DAY_MS) };
    const large = LARGE_RANKED;
    const ids = await this.repository.findNewestIds(viewerId, span, RANKED_AT_MOST, { large });
    const signals = await this.signals(viewerId, ids);
    const ranked = signals
      .map((row) => ({ id: row.id, row, score: rounded(scoreOf(row, viewerId, from.now)) }))
      .sort(byRank);
    const { shown, nextCursor } = rankedPage(ranked, from, limit);
    return { items: shown.length ? await this.inOrder(viewerId, shown) : [], nextCursor };
  }

  private async signals(viewerId: string, ids: string[]): Promise<Signals[]> {
    const signals: Signals[] = [];
    for (let from = 0; from < ids.length; from += WEIGHED_AT_ONCE) {
      const some = ids.slice(from, from + WEIGHED_AT_ONCE);
      const rows = await this.repository.findCandidates(viewerId, some);
      const candidates = await this.counts.ofPosts(viewerId, rows);
      const discussed = candidates.filter((post) => post.likeCount + post.commentCount > 0);
      const reactions = discussed.length
        ? await this.repository.findReactions(
            viewerId,
            discussed.map(({ id }) => id),
          )
        : [];
      const found = new Map(reactions.map((row) => [row.id, row]));
      for (const post of candidates)
        signals.push({ ...post, ...(found.get(post.id) ?? NO_REACTIONS) });
    }
    return signals;
  }

  private async inOrder(
    viewerId: string,
    ranked: { id: string; row: Signals }[],
  ): Promise<FeedItem[]> {
    const ids = this.repository.ofIds(
      viewerId,
      ranked.map(({ id }) => id),
    );
    const { items } = await this.posts.page(viewerId, ids, ranked.length);
    const posts = new Map(items.map((post) => [post.id, post]));
    return ranked.flatMap(({ id, row }) => {
      const post = posts.get(id);
      return post ? [{ ...post, reason: reasonFor(row, viewerId) }] : [];
    });
  }
}
