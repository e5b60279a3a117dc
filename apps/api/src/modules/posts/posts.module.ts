import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { FollowsModule } from '../follows/follows.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { MediaModule } from '../media/media.module.js';
import { UsersModule } from '../users/users.module.js';
import { ActivityRepository } from './activity.repository.js';
import { ActivityService } from './activity.service.js';
import { CommentsController } from './comments.controller.js';
import { CommentsRepository } from './comments.repository.js';
import { CommentsService } from './comments.service.js';
import { EventPostsService } from './event-posts.service.js';
import { HashtagsService } from './hashtags.service.js';
import { LikesRepository } from './likes.repository.js';
import { LikesService } from './likes.service.js';
import { PostAudienceRepository } from './post-audience.repository.js';
import { MentionsService } from './mentions.service.js';
import { PostAudienceService } from './post-audience.service.js';
import { PostHashtagsRepository } from './post-hashtags.repository.js';
import { PostListsController } from './post-lists.controller.js';
import { PostImportsService } from './post-imports.service.js';
import { PinnedPostsRepository } from './pinned-posts.repository.js';
import { PinnedPostsService } from './pinned-posts.service.js';
import { PostMentionsRepository } from './post-mentions.repository.js';
import { PostPurgeService } from './post-purge.service.js';
import { PostRemovalService } from './post-removal.service.js';
import { PostWritingService } from './post-writing.service.js';
import { PostsController } from './posts.controller.js';
import { PostsRepository } from './posts.repository.js';
import { PostsPersonalData } from './posts.personal-data.js';
import { PostsService } from './posts.service.js';
import { RecountService } from './recount.service.js';

@Module({
  imports: [UsersModule, MediaModule, FollowsModule, GroupsModule, EventsModule],
  controllers: [PostListsController, PostsController, CommentsController],
  providers: [
    PostsService,
    PostWritingService,
    EventPostsService,
    MentionsService,
    PostAudienceService,
    PostImportsService,
    HashtagsService,
    PinnedPostsService,
    ActivityService,
    LikesService,
    CommentsService,
    RecountService,
    PostPurgeService,
    PostRemovalService,
    PostsPersonalData,
    PostsRepository,
    PostAudienceRepository,
    PostHashtagsRepository,
    PostMentionsRepository,
    PinnedPostsRepository,
    ActivityRepository,
    LikesRepository,
    CommentsRepository,
  ],
  exports: [
    PostsService,
    PostAudienceService,
    PostImportsService,
    PostRemovalService,
    CommentsService,
  ],
})
export class PostsModule {}
