import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccountLeaving,
  DeactivateRequest,
  DeleteAccountRequest,
  RunGroups,
} from '@echomate/contracts/leaving.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { PROVES_PASSWORD, RateLimit } from '../../platform/http/rate-limits.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { LeavingService } from './leaving.service.js';

@ApiTags('leaving')
@Controller('users/me')
export class LeavingController {
  constructor(private readonly leaving: LeavingService) {}

  /** Hide your account from everyone and log out everywhere; it comes back whole when you log in */
  @Post('deactivation')
  @HttpCode(204)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('conflict')
  deactivate(
    @CurrentViewer() viewer: RequestViewer,
    @Body() proof: DeactivateRequest,
  ): Promise<void> {
    return this.leaving.deactivate(viewer, proof);
  }

  /** The groups that you run: each has to be handed over or closed before your account is deleted */
  @Get('deletion/groups')
  runGroups(@CurrentViewer() viewer: RequestViewer): Promise<RunGroups> {
    return this.leaving.runGroups(viewer);
  }

  /**
   * Hide your account at once, and delete it after 14 days. Until then, logging in asks whether to keep it. Groups are
   * handed over at once, or closed at the end.
   */
  @Post('deletion')
  @HttpCode(202)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('conflict', 'not-found', 'not-allowed')
  delete(
    @CurrentViewer() viewer: RequestViewer,
    @Body() request: DeleteAccountRequest,
  ): Promise<AccountLeaving> {
    return this.leaving.delete(viewer, request);
  }
}
