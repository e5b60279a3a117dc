import { Module } from '@nestjs/common';
import { FollowsModule } from '../follows/follows.module.js';
import { NotificationChoicesRepository } from './notification-choices.repository.js';
import { NotificationWritingRepository } from './notification-writing.repository.js';
import { NotificationWritingService } from './notification-writing.service.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsListener } from './notifications.listener.js';
import { NotificationsPersonalData } from './notifications.personal-data.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

@Module({
  imports: [FollowsModule],
  controllers: [NotificationsController],
  providers: [
    NotificationsService,
    NotificationWritingService,
    NotificationsListener,
    NotificationsPersonalData,
    NotificationsRepository,
    NotificationWritingRepository,
    NotificationChoicesRepository,
  ],
  exports: [NotificationsService],
})
export class NotificationsModule {}
