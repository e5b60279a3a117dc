import { Module } from '@nestjs/common';
import { DiscoveryModule } from '../discovery/discovery.module.js';
import { FollowsModule } from '../follows/follows.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { MediaModule } from '../media/media.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { UsersModule } from '../users/users.module.js';
import { ArchiveJudging } from './archive-judging.service.js';
import { ArchiveImportService } from './archive-import.service.js';
import { ImportingController } from './importing.controller.js';
import { ImportingPersonalData } from './importing.personal-data.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { KnownPeopleRepository } from './known-people.repository.js';
import { KnownPeopleService } from './known-people.service.js';

@Module({
  imports: [UsersModule, MediaModule, FollowsModule, GroupsModule, PostsModule, DiscoveryModule],
  controllers: [ImportingController],
  providers: [
    ImportsService,
    ArchiveJudging,
    ArchiveImportService,
    KnownPeopleService,
    ImportingPersonalData,
    ImportsRepository,
    KnownPeopleRepository,
  ],
})
export class ImportingModule {}
