import { Module } from '@nestjs/common';
import { FollowsModule } from '../follows/follows.module.js';
import { MediaModule } from '../media/media.module.js';
import { UsersModule } from '../users/users.module.js';
import { GroupMembersController } from './group-members.controller.js';
import { GroupsController } from './groups.controller.js';
import { GroupsPersonalData } from './groups.personal-data.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';
import { JoiningController } from './joining.controller.js';
import { JoiningRepository } from './joining.repository.js';
import { JoiningService } from './joining.service.js';
import { MembershipsRepository } from './memberships.repository.js';
import { MembershipsService } from './memberships.service.js';

@Module({
  imports: [UsersModule, MediaModule, FollowsModule],
  controllers: [GroupsController, GroupMembersController, JoiningController],
  providers: [
    GroupsService,
    MembershipsService,
    JoiningService,
    GroupsPersonalData,
    GroupsRepository,
    MembershipsRepository,
    JoiningRepository,
  ],
  exports: [GroupsService, JoiningService, MembershipsService],
})
export class GroupsModule {}
