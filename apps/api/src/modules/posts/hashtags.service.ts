import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { PostPage } from '@echomate/contracts/posts.dto';
import { tagOf } from '@echomate/contracts/text';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId } from '../../platform/http/paging.js';
import { invalidField } from '../../platform/http/problem.js';
import { VisibilityChanged } from '../users/users.domain-events.js';
import { PostHashtagsRepository, type TagQuestion } from './post-hashtags.repository.js';
import { isTag } from './post-text.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';

const SETTLE = 'posts.settle-reach';

/** Posts settled in one transaction, so that other writers get their turn in between. */
const SETTLED_AT_ONCE = 200;
/** Posts asked about in one statement, where the first ones were not enough. */
const ASKED_AT_ONCE = 500;
/** People whose posts are merged in one statement. */
const MERGED_AT_ONCE = 200;

/** The page of a hashtag, and how far posts reach in it when somebody turns public or private. */
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
    this.domainEvents.durably([VisibilityChanged], SETTLE, ({ userId }) => this.settle(userId));
  }

  async page(viewerId: string, tag: string, { cursor, limit }: PageQuery): Promise<PostPage> {
    const looked = tagOf(tag);
    if (!isTag(looked))
      throw invalidField('tag', 'A hashtag is one word, of at most 50 characters.');
    const question = { viewerId, tag: looked, before: afterId(cursor) };
    const glanced = this.repository.glance(question, limit + 1);
    const rows = await this.rows.findRows(viewerId, glanced, limit + 1);
    if (rows.length <= limit) {
      // Also where nothing is left: whether posts are hidden or absent, it takes the same.
      const rest = { ...question, before: await this.repository.findGlanceEnd(question) };
      const ids = await this.find(rest, limit + 1 - rows.length);
      if (ids.length)
        rows.push(
          ...(await this.rows.findRows(viewerId, this.repository.among(viewerId, ids), limit + 1)),
        );
    }
    return this.posts.pageOf(viewerId, rows.slice(0, limit + 1), limit);
  }

  /**
   * The newest posts that the viewer may see, however far down they are, in portions that give way to others.
   * What is hidden is hardly ever among the candidates, so this takes as long as for a hashtag without posts.
   */
  private async find(question: TagQuestion, wanted: number): Promise<string[]> {
    const found: string[] = [];
    let { before } = question;
    let followed: string[] = [];
    let mayFollowMore = true;
    for (let portion = wanted; ; portion = mayFollowMore ? MERGED_AT_ONCE : ASKED_AT_ONCE) {
      const rest = { ...question, before };
      if (mayFollowMore) {
        followed = await this.repository.findFollowed(rest, portion);
        // Fewer than asked for are all that there are, further down as well.
        mayFollowMore = followed.length === portion;
      }
      const candidates = await this.repository.findCandidates(rest, followed, portion);
      found.push(...(await this.repository.findAmong(question.viewerId, candidates)));
      if (found.length >= wanted) return found;
      before =
        candidates.length < portion ? await this.repository.findEnd(rest) : candidates.at(-1)!;
      if (before === null) return found;
    }
  }

  /** Reads the visibility in each portion, so that it may have changed again, or this been done before. */
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
