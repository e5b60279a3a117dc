import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { AccountStateChanged } from '../users/users.domain-events.js';
import { CommentsRepository } from './comments.repository.js';
import { LikesRepository } from './likes.repository.js';

/** Counters of posts and comments exclude inactive accounts, so that reading a counter needs no check. */
@Injectable()
export class RecountService implements OnModuleInit {
  constructor(
    private readonly comments: CommentsRepository,
    private readonly likes: LikesRepository,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durably([AccountStateChanged], 'posts.recount', ({ userId }) =>
      this.recount(userId),
    );
  }

  /** Computed from the current state, so it may run any number of times and in any order. */
  async recount(userId: string): Promise<void> {
    for (const kind of ['post', 'comment'] as const)
      await inPortionsOfIds(
        (after, limit) => this.likes.findIdsBy(kind, userId, after, limit),
        (ids) =>
          this.database.transaction((transaction) => this.likes.recount(transaction, kind, ids)),
      );
    const recountComments = (ids: string[]) =>
      this.database.transaction((transaction) => this.comments.recount(transaction, ids));
    await inPortionsOfIds(
      (after, limit) => this.comments.findIdsBy(userId, after, limit),
      async (ids) => {
        await recountComments(ids);
        for (const id of ids)
          await inPortionsOfIds(
            (after, limit) => this.comments.findReplyIds(id, after, limit),
            recountComments,
          );
      },
    );
  }
}
