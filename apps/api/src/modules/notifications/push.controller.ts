import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PushState, PushSubscriptionRequest } from '@echomate/contracts/notifications.dto';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { PushSubscriptionsService } from './push-subscriptions.service.js';

@ApiTags('notifications')
@Controller('notifications/push')
export class PushController {
  constructor(private readonly subscriptions: PushSubscriptionsService) {}

  /** Your devices that get pushes, and the key that a browser subscribes with */
  @Get()
  state(@CurrentViewer() viewer: RequestViewer): Promise<PushState> {
    return this.subscriptions.state(viewer);
  }

  /** Send pushes to this browser, as long as it is logged in */
  @Put()
  @HttpCode(204)
  @RateLimit({ perMinutes: 10, perAddress: 200, perAccount: 40 })
  add(
    @CurrentViewer() viewer: RequestViewer,
    @Body() subscription: PushSubscriptionRequest,
  ): Promise<void> {
    return this.subscriptions.add(viewer, subscription);
  }

  /** Send no more pushes to a device */
  @Delete(':id')
  @HttpCode(204)
  remove(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.subscriptions.remove(userId, id);
  }
}
