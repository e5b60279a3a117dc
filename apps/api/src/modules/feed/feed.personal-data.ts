import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import {
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { chunksOf } from '../../platform/chunks.js';
import { PostsService } from '../posts/posts.service.js';
import { FeedEntriesRepository } from './feed-entries.repository.js';

/** Out of each of a portion of feeds. */
const POSTS_AT_ONCE = 5;

@Injectable()
export class FeedPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'feed';
  readonly tables = {
    feed_entries: 'only repeats which posts of others there are',
    large_authors: 'says nothing that the number of followers does not',
  };

  constructor(
    private readonly repository: FeedEntriesRepository,
    private readonly posts: PostsService,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The person's own feed, and the person's posts in the feeds of others. */
  async remove(userId: string): Promise<void> {
    await this.database.inBatches((transaction, limit) =>
      this.repository.removeSomeOfOwner(transaction, userId, limit),
    );
    await inPortionsOfIds(
      (after, limit) => this.posts.findIdsOf(userId, after, limit),
      (postIds) =>
        inPortionsOfIds(
          (after, limit) => this.repository.findFollowIdsOf(userId, after, limit),
          async (followIds) => {
            for (const some of chunksOf(postIds, POSTS_AT_ONCE))
              await this.database.transaction((transaction) =>
                this.repository.removePostsFromFeeds(transaction, some, followIds),
              );
          },
        ),
    );
  }
}
