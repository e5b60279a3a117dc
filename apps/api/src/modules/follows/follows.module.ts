import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { BlocksRepository } from './blocks.repository.js';
import { BlocksService } from './blocks.service.js';
import { FollowCountsRepository } from './follow-counts.repository.js';
import { FollowRecountService } from './follow-recount.service.js';
import { FollowListsService } from './follow-lists.service.js';
import { FollowsController } from './follows.controller.js';
import { FollowsPersonalData } from './follows.personal-data.js';
import { FollowsRepository } from './follows.repository.js';
import { FollowsService } from './follows.service.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';

@Module({
  imports: [UsersModule],
  controllers: [FollowsController, PeopleController],
  providers: [
    FollowsService,
    BlocksService,
    FollowListsService,
    FollowRecountService,
    PeopleService,
    FollowsRepository,
    FollowsPersonalData,
    FollowCountsRepository,
    BlocksRepository,
  ],
  exports: [FollowsService, BlocksService, FollowListsService, PeopleService],
})
export class FollowsModule {}
