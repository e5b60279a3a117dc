import { Module } from '@nestjs/common';
import { FollowsModule } from '../follows/follows.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { FeedFillingService } from './feed-filling.service.js';
import { FeedController } from './feed.controller.js';
import { FeedRepository } from './feed.repository.js';
import { FeedService } from './feed.service.js';

@Module({
  imports: [PostsModule, FollowsModule],
  controllers: [FeedController],
  providers: [FeedService, FeedFillingService, FeedRepository],
})
export class FeedModule {}
