import { Module } from '@nestjs/common';
import { FollowsModule } from '../follows/follows.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { UsersModule } from '../users/users.module.js';
import { CalendarsController } from './calendars.controller.js';
import { CalendarsRepository } from './calendars.repository.js';
import { CalendarsService } from './calendars.service.js';
import { EventRemindersService } from './event-reminders.service.js';
import { EventWritingService } from './event-writing.service.js';
import { EventsController } from './events.controller.js';
import { EventsPersonalData } from './events.personal-data.js';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';
import { ResponsesRepository } from './responses.repository.js';
import { ResponsesService } from './responses.service.js';

@Module({
  imports: [UsersModule, FollowsModule, GroupsModule],
  controllers: [EventsController, CalendarsController],
  providers: [
    EventsService,
    EventWritingService,
    ResponsesService,
    EventRemindersService,
    CalendarsService,
    EventsPersonalData,
    EventsRepository,
    ResponsesRepository,
    CalendarsRepository,
  ],
  exports: [EventsService, EventWritingService],
})
export class EventsModule {}
