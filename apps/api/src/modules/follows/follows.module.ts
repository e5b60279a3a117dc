import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { BlocksRepository } from './blocks.repository.js';
import { BlocksService } from './blocks.service.js';
import { FollowCountsRepository } from './follow-counts.repository.js';
import { FollowsController } from './follows.controller.js';
import { FollowsRepository } from './follows.repository.js';
import { FollowsService } from './follows.service.js';
import { PeopleService } from './people.service.js';
import { ProfilesController } from './profiles.controller.js';
import { ProfilesService } from './profiles.service.js';

@Module({
  imports: [UsersModule],
  controllers: [FollowsController, ProfilesController],
  providers: [
    FollowsService,
    BlocksService,
    ProfilesService,
    PeopleService,
    FollowsRepository,
    FollowCountsRepository,
    BlocksRepository,
  ],
  exports: [FollowsService, ProfilesService, PeopleService],
})
export class FollowsModule {}
