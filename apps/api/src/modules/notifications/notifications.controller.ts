import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  MuteNotificationsRequest,
  NotificationMutes,
  NotificationPage,
  NotificationPreferences,
  NotificationPreferencesRequest,
  ReadNotificationsRequest,
  SeenNotificationsRequest,
  UnseenNotifications,
} from '@echomate/contracts/notifications.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { NotificationSettingsService } from './notification-settings.service.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly settings: NotificationSettingsService,
  ) {}

  /** What you are told, the newest first */
  @Get()
  list(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() page: PageQuery,
  ): Promise<NotificationPage> {
    return this.notifications.list(userId, page);
  }

  /** How many came since you last looked, for the number on the bell */
  @Get('unseen')
  unseen(@CurrentViewer() { userId }: RequestViewer): Promise<UnseenNotifications> {
    return this.notifications.unseen(userId);
  }

  /** You have looked at the list, up to here */
  @Put('seen')
  @HttpCode(204)
  markSeen(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() { upTo }: SeenNotificationsRequest,
  ): Promise<void> {
    return this.notifications.markSeen(userId, upTo);
  }

  /** Mark some as read, or all */
  @Put('read')
  @HttpCode(204)
  markRead(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() { ids }: ReadNotificationsRequest,
  ): Promise<void> {
    return this.notifications.markRead(userId, ids);
  }

  /** What you're told, by which channel, and when */
  @Get('preferences')
  preferences(@CurrentViewer() { userId }: RequestViewer): Promise<NotificationPreferences> {
    return this.settings.find(userId);
  }

  /** Choose what you're told, by which channel, and when; what you leave out stays */
  @Patch('preferences')
  savePreferences(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() preferences: NotificationPreferencesRequest,
  ): Promise<NotificationPreferences> {
    return this.settings.save(userId, preferences);
  }

  /** The posts and groups that you don't want to hear of */
  @Get('mutes')
  mutes(@CurrentViewer() { userId }: RequestViewer): Promise<NotificationMutes> {
    return this.notifications.mutes(userId);
  }

  /** Hear no more of a post, for some hours or for good */
  @Put('mutes/posts/:id')
  @HttpCode(204)
  mutePost(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { hours }: MuteNotificationsRequest,
  ): Promise<void> {
    return this.notifications.mute(userId, 'post', id, hours);
  }

  /** Hear of a post again */
  @Delete('mutes/posts/:id')
  @HttpCode(204)
  unmutePost(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.notifications.unmute(userId, 'post', id);
  }

  /** Hear no more of what happens in a group, for some hours or for good */
  @Put('mutes/groups/:id')
  @HttpCode(204)
  muteGroup(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { hours }: MuteNotificationsRequest,
  ): Promise<void> {
    return this.notifications.mute(userId, 'group', id, hours);
  }

  /** Hear of a group again */
  @Delete('mutes/groups/:id')
  @HttpCode(204)
  unmuteGroup(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.notifications.unmute(userId, 'group', id);
  }
}
