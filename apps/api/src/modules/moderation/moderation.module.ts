import { Module } from '@nestjs/common';
import { ChatModule } from '../chat/chat.module.js';
import { EventsModule } from '../events/events.module.js';
import { FollowsModule } from '../follows/follows.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { MediaModule } from '../media/media.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { UsersModule } from '../users/users.module.js';
import { CasesController } from './cases.controller.js';
import { CasesRepository } from './cases.repository.js';
import { CasesService } from './cases.service.js';
import { DecisionsService } from './decisions.service.js';
import { ModerationCountsController } from './moderation-counts.controller.js';
import { ModerationCountsRepository } from './moderation-counts.repository.js';
import { ModerationCountsService } from './moderation-counts.service.js';
import { ModerationLogRepository } from './moderation-log.repository.js';
import { ModerationLogService } from './moderation-log.service.js';
import { ModerationPersonalData } from './moderation.personal-data.js';
import { OwnSuspensionController } from './own-suspension.controller.js';
import { OwnSuspensionService } from './own-suspension.service.js';
import { ReportedRepository } from './reported.repository.js';
import { ReportsController } from './reports.controller.js';
import { ReportsRepository } from './reports.repository.js';
import { ReportsService } from './reports.service.js';
import { SnapshotsService } from './snapshots.service.js';
import { SuspensionsRepository } from './suspensions.repository.js';
import { SuspensionsService } from './suspensions.service.js';

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
  controllers: [
    ReportsController,
    CasesController,
    OwnSuspensionController,
    ModerationCountsController,
  ],
  providers: [
    ReportsService,
    SnapshotsService,
    CasesService,
    DecisionsService,
    SuspensionsService,
    OwnSuspensionService,
    ModerationLogService,
    ModerationCountsService,
    ModerationPersonalData,
    ReportedRepository,
    ReportsRepository,
    CasesRepository,
    SuspensionsRepository,
    ModerationLogRepository,
    ModerationCountsRepository,
  ],
})
export class ModerationModule {}
