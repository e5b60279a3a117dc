import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { PostPage } from '@echomate/contracts/posts.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { isTag, tagOf } from '@echomate/contracts/text';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId } from '../../platform/http/paging.js';
import { invalidField } from '../../platform/http/problem.js';
import { AccountStateChanged, VisibilityChanged } from '../users/users.domain-events.js';
import { PostHashtagsRepository, type TagQuestion } from './post-hashtags.repository.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';

const SETTLE = 'posts.settle-reach';

/** Posts updated in one transaction, so that other writers can run in between. */
const SETTLED_AT_ONCE = 200;
/** Posts tested in one statement, if the newest few did not fill the page. */
const ASKED_AT_ONCE = 500;
/** People whose posts are merged in one statement. */
const MERGED_AT_ONCE = 200;

/** The page of a hashtag, and the reach of posts in it when their author's profile or account changes. */
@Injectable()
export class HashtagsService implements OnModuleInit {
  constructor(
    private readonly repository: PostHashtagsRepository,
    private readonly rows: PostsRepository,
    private readonly posts: PostsService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durably<{ userId: string }>(
      [VisibilityChanged, AccountStateChanged],
      SETTLE,
      ({ userId }) => this.settle(userId),
    );
  }

  async page(viewerId: string, tag: string, { cursor, limit }: PageQuery): Promise<PostPage> {
    const looked = tagOf(tag);
    if (!isTag(looked))
      throw invalidField('tag', 'not-a-hashtag', { max: LIMITS.hashtag.maxLength });
    const question = { viewerId, tag: looked, before: afterId(cursor) };
    const glanced = this.repository.glance(question, limit + 1);
    const rows = await this.rows.findRows(viewerId, glanced, limit + 1);
    if (rows.length <= limit) {
      // Done even if nothing is left further down: hidden and missing posts must take the same time.
      const ids = await this.findBeyondGlance(question, limit + 1 - rows.length);
      if (ids.length)
        rows.push(
          ...(await this.rows.findRows(viewerId, this.repository.among(viewerId, ids), limit + 1)),
        );
    }
    return this.posts.pageOf(viewerId, rows.slice(0, limit + 1), limit);
  }

  /**
   * The newest posts that the viewer may see, however far down, in portions that yield to other requests. Hidden posts
   * are hardly ever among the candidates, so this takes as long as for a hashtag without posts.
   */
  private async findBeyondGlance(question: TagQuestion, wanted: number): Promise<string[]> {
    const found: string[] = [];
    const first = await this.repository.findFollowedBeyondGlance(question, wanted);
    let before: string | null = first.end ?? FIRST_ID;
    let followed = first.ids;
    // Fewer than asked for: there are no more, further down either.
    let mayFollowMore = followed.length === wanted;
    for (let portion = wanted; ;) {
      const rest = { ...question, before };
      const { ids, end } = await this.repository.findCandidates(rest, followed, portion);
      found.push(...(await this.repository.findAmong(question.viewerId, ids)));
      if (found.length >= wanted) return found;
      before = ids.length < portion ? end : ids.at(-1)!;
      if (before === null) return found;
      portion = mayFollowMore ? MERGED_AT_ONCE : ASKED_AT_ONCE;
      if (!mayFollowMore) continue;
      followed = await this.repository.findFollowed({ ...question, before }, portion);
      mayFollowMore = followed.length === portion;
    }
  }

  /** Reads the visibility anew in each portion, so it may change meanwhile and this may run again. */
  private async settle(authorId: string): Promise<void> {
    let after: string | null = null;
    do {
      const from: string | null = after;
      const upTo = await this.rows.findPortionEnd(authorId, from, SETTLED_AT_ONCE);
      await this.database.transaction(async (transaction) => {
        await locks.users(transaction, authorId);
        await this.repository.settlePortion(transaction, authorId, from, upTo);
      });
      after = upTo;
    } while (after !== null);
  }
}
