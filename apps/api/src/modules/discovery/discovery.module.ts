import { Module } from '@nestjs/common';
import { FollowsModule } from '../follows/follows.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { UsersModule } from '../users/users.module.js';
import { DiscoverPostsRepository } from './discover-posts.repository.js';
import { DiscoverPostsService } from './discover-posts.service.js';
import { DiscoveryController } from './discovery.controller.js';
import { DiscoveryPersonalData } from './discovery.personal-data.js';
import { DiscoverySettingsRepository } from './discovery-settings.repository.js';
import { DiscoverySettingsService } from './discovery-settings.service.js';
import { DismissalsController } from './dismissals.controller.js';
import { DismissalsRepository } from './dismissals.repository.js';
import { DismissalsService } from './dismissals.service.js';
import { GroupSuggestionsRepository } from './group-suggestions.repository.js';
import { GroupSuggestionsService } from './group-suggestions.service.js';
import { HintsService } from './hints.service.js';
import { InterestsRepository } from './interests.repository.js';
import { PeopleSuggestionsRepository } from './people-suggestions.repository.js';
import { PeopleSuggestionsService } from './people-suggestions.service.js';
import { StirringPostsRepository } from './stirring-posts.repository.js';
import { TrendsRepository } from './trends.repository.js';
import { TrendsService } from './trends.service.js';

@Module({
  imports: [UsersModule, FollowsModule, GroupsModule, PostsModule],
  controllers: [DismissalsController, DiscoveryController],
  providers: [
    PeopleSuggestionsService,
    GroupSuggestionsService,
    DiscoverPostsService,
    TrendsService,
    HintsService,
    DismissalsService,
    DiscoverySettingsService,
    DiscoveryPersonalData,
    PeopleSuggestionsRepository,
    GroupSuggestionsRepository,
    DiscoverPostsRepository,
    TrendsRepository,
    StirringPostsRepository,
    InterestsRepository,
    DismissalsRepository,
    DiscoverySettingsRepository,
  ],
  exports: [DiscoverySettingsService],
})
export class DiscoveryModule {}
