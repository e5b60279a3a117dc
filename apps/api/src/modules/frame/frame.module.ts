import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { FollowsModule } from '../follows/follows.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { FrameController } from './frame.controller.js';
import { FrameService } from './frame.service.js';

@Module({
  imports: [AuthModule, FollowsModule, GroupsModule, ChatModule, NotificationsModule],
  controllers: [FrameController],
  providers: [FrameService],
})
export class FrameModule {}
