import { Injectable } from '@nestjs/common';
import type { PeoplePage } from '@echomate/contracts/follows.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { LikeState } from '@echomate/contracts/posts.dto';
import { Access } from '../../access/access.service.js';
import type { Likeable } from '../../access/hidden-counts.access.js';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Reader, Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound } from '../../platform/http/problem.js';
import { PeopleService } from '../follows/people.service.js';
import { LikesRepository } from './likes.repository.js';
import { CommentLiked, CommentUnliked, PostLiked, PostUnliked } from './posts.domain-events.js';

@Injectable()
export class LikesService {
  constructor(
    private readonly repository: LikesRepository,
    private readonly people: PeopleService,
    private readonly access: Access,
    private readonly counts: VisibleCounts,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  like(viewerId: string, kind: Likeable, id: string): Promise<LikeState> {
    return this.change(viewerId, kind, id, true, async (transaction) => {
      if (!(await this.repository.insert(transaction, kind, id, viewerId))) return;
      const event = kind === 'post' ? PostLiked : CommentLiked;
      await this.domainEvents.announce(transaction, new event(id, viewerId));
    });
  }

  unlike(viewerId: string, kind: Likeable, id: string): Promise<LikeState> {
    return this.change(viewerId, kind, id, false, async (transaction) => {
      if (!(await this.repository.delete(transaction, kind, id, viewerId))) return;
      const event = kind === 'post' ? PostUnliked : CommentUnliked;
      await this.domainEvents.announce(transaction, new event(id, viewerId));
    });
  }

  async likers(
    viewerId: string,
    kind: Likeable,
    id: string,
    { cursor, limit }: PageQuery,
  ): Promise<PeoplePage> {
    await this.assertVisible(viewerId, kind, id, this.database);
    const rows = await this.repository.findLikers(viewerId, kind, id, afterId(cursor), limit + 1);
    const cards = await this.people.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
    return pageOf(rows, limit, ({ userId }) => cards.get(userId));
  }

  /** Tests the rule before and, with the count, after: the audience may be narrowed between the two. */
  private change(
    viewerId: string,
    kind: Likeable,
    id: string,
    isLiked: boolean,
    work: (transaction: Transaction) => Promise<void>,
  ): Promise<LikeState> {
    return this.database.transaction(async (transaction) => {
      // Whether it counts rests on the account, which must not change until this is saved.
      await locks.users(transaction, viewerId);
      await this.assertVisible(viewerId, kind, id, transaction);
      await work(transaction);
      const counted = await this.repository.countFor(transaction, kind, viewerId, id);
      if (!counted) throw notFound();
      return { isLiked, likeCount: await this.counts.likes(viewerId, kind, counted, transaction) };
    });
  }

  private async assertVisible(
    viewerId: string,
    kind: Likeable,
    id: string,
    reader: Reader,
  ): Promise<void> {
    if (!(await this.access.canSee(viewerId, kind, id, reader))) throw notFound();
  }
}
