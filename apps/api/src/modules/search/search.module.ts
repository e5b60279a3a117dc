import { Module } from '@nestjs/common';
import { ChatModule } from '../chat/chat.module.js';
import { EventsModule } from '../events/events.module.js';
import { FollowsModule } from '../follows/follows.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { MediaModule } from '../media/media.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { UsersModule } from '../users/users.module.js';
import { SearchDocumentsRepository } from './search-documents.repository.js';
import { SearchIndexingService } from './search-indexing.service.js';
import { SearchController } from './search.controller.js';
import { SearchPersonalData } from './search.personal-data.js';
import { SearchRepository } from './search.repository.js';
import { SearchService } from './search.service.js';
import { TextSearchService } from './text-search.service.js';

@Module({
  imports: [
    UsersModule,
    MediaModule,
    FollowsModule,
    GroupsModule,
    EventsModule,
    PostsModule,
    ChatModule,
  ],
  controllers: [SearchController],
  providers: [
    SearchService,
    TextSearchService,
    SearchIndexingService,
    SearchRepository,
    SearchDocumentsRepository,
    SearchPersonalData,
  ],
})
export class SearchModule {}
