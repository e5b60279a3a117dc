import { Module } from '@nestjs/common';
import { FollowsModule } from '../follows/follows.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { FeedFanOutService } from './feed-fan-out.service.js';
import { FeedController } from './feed.controller.js';
import { FeedPersonalData } from './feed.personal-data.js';
import { FeedEntriesRepository } from './feed-entries.repository.js';
import { FeedRepository } from './feed.repository.js';
import { FeedService } from './feed.service.js';

@Module({
  imports: [PostsModule, FollowsModule],
  controllers: [FeedController],
  providers: [
    FeedService,
    FeedFanOutService,
    FeedPersonalData,
    FeedRepository,
    FeedEntriesRepository,
  ],
})
export class FeedModule {}
