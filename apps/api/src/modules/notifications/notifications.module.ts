import { Module } from '@nestjs/common';
import { FollowsModule } from '../follows/follows.module.js';
import { UsersModule } from '../users/users.module.js';
import { DigestsController } from './digests.controller.js';
import { DigestsRepository } from './digests.repository.js';
import { DigestsService } from './digests.service.js';
import { NotificationMutesRepository } from './notification-mutes.repository.js';
import { NotificationSettingsRepository } from './notification-settings.repository.js';
import { NotificationSettingsService } from './notification-settings.service.js';
import { PushController } from './push.controller.js';
import { PushRepository } from './push.repository.js';
import { PushService } from './push.service.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';
import { NotificationWritingRepository } from './notification-writing.repository.js';
import { NotificationWritingService } from './notification-writing.service.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsListener } from './notifications.listener.js';
import { NotificationsPersonalData } from './notifications.personal-data.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

@Module({
  imports: [FollowsModule, UsersModule],
  controllers: [PushController, NotificationsController, DigestsController],
  providers: [
    NotificationsService,
    NotificationWritingService,
    NotificationsListener,
    NotificationsPersonalData,
    NotificationsRepository,
    NotificationWritingRepository,
    NotificationMutesRepository,
    NotificationSettingsRepository,
    NotificationSettingsService,
    DigestsRepository,
    DigestsService,
    PushRepository,
    PushService,
    PushSubscriptionsRepository,
    PushSubscriptionsService,
  ],
  exports: [NotificationsService],
})
export class NotificationsModule {}
