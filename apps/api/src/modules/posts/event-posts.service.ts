import { Injectable, type OnModuleInit } from '@nestjs/common';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { EventCreated, EventDeleted } from '../events/events.domain-events.js';
import { PostPurgeService } from './post-purge.service.js';
import { PostPublished } from './posts.domain-events.js';
import { PostsRepository } from './posts.repository.js';

/**
 * Every event has a post in its group, under which members talk about it. It has no words and no author: what it shows is
 * the event as it is now, and the event's series gives it its id. It comes and goes in the transactions of the event.
 */
@Injectable()
export class EventPostsService implements OnModuleInit {
  constructor(
    private readonly repository: PostsRepository,
    private readonly purge: PostPurgeService,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.inTransaction(EventCreated, (created, transaction) =>
      this.publish(transaction, created),
    );
    this.domainEvents.inTransaction(EventDeleted, ({ seriesId }, transaction) =>
      this.remove(transaction, seriesId),
    );
  }

  private async publish(
    transaction: Transaction,
    { seriesId: id, groupId }: EventCreated,
  ): Promise<void> {
    await this.repository.insert(transaction, {
      id,
      groupId,
      authorId: null,
      sharedId: null,
      title: null,
      content: '',
      audience: 'group',
    });
    await this.domainEvents.announce(transaction, new PostPublished(id, null, null, [], groupId));
  }

  private async remove(transaction: Transaction, id: string): Promise<void> {
    await locks.post(transaction, id);
    await this.purge.soon(transaction, id);
  }
}
