import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.js';
import { MediaModule } from '../media/media.module.js';
import { UsersModule } from '../users/users.module.js';
import { ChatController } from './chat.controller.js';
import { ChatListener } from './chat.listener.js';
import { ChatPersonalData } from './chat.personal-data.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationsService } from './conversations.service.js';
import { MessagePushes } from './message-pushes.service.js';
import { MessageWritingService } from './message-writing.service.js';
import { MessagesRepository } from './messages.repository.js';
import { MessagesService } from './messages.service.js';
import { PresenceService } from './presence.service.js';
import { PresenceSettingsRepository } from './presence-settings.repository.js';
import { RecipientsRepository } from './recipients.repository.js';

@Module({
  imports: [UsersModule, MediaModule, GroupsModule],
  controllers: [ChatController],
  providers: [
    ConversationsService,
    MessagesService,
    MessagePushes,
    MessageWritingService,
    PresenceService,
    ChatListener,
    ChatPersonalData,
    ConversationsRepository,
    MessagesRepository,
    PresenceSettingsRepository,
    RecipientsRepository,
  ],
  exports: [ConversationsService, MessagesService, MessageWritingService],
})
export class ChatModule {}
