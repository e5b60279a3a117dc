import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AppealRequest, OwnSuspension } from '@echomate/contracts/moderation.dto';
import type { Request } from 'express';
import { Refuses } from '../../platform/http/api-docs.js';
import { Public } from '../../platform/http/public.decorator.js';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { LogInService } from '../auth/log-in.service.js';
import { OwnSuspensionService } from './own-suspension.service.js';

/** For a browser whose log-in was refused because the account is suspended. */
@ApiTags('moderation')
@Controller('suspension')
export class OwnSuspensionController {
  constructor(
    private readonly suspension: OwnSuspensionService,
    private readonly logIns: LogInService,
  ) {}

  /** Why you can't log in, and until when */
  @Get()
  @Public()
  @RateLimit({ perMinutes: 15, perAddress: 120 })
  @Refuses('not-found')
  show(@Req() request: Request): Promise<OwnSuspension> {
    return this.suspension.show(this.logIns.pending(request, 'suspended'));
  }

  /** Say, once, why it's wrong: somebody else looks at it, where there is somebody */
  @Post('appeal')
  @Public()
  @HttpCode(200)
  @RateLimit({ perMinutes: 15, perAddress: 30 })
  @Refuses('not-found', 'conflict')
  appeal(@Req() request: Request, @Body() appeal: AppealRequest): Promise<OwnSuspension> {
    return this.suspension.appeal(this.logIns.pending(request, 'suspended'), appeal);
  }
}
