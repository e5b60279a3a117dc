import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AppealRequest, OwnDecision, ReportRequest } from '@echomate/contracts/moderation.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { CasesService } from './cases.service.js';
import { ReportsService } from './reports.service.js';

@ApiTags('moderation')
@Controller()
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly cases: CasesService,
  ) {}

  /** What moderators decided about you, or something of yours, with their words */
  @Get('decisions/:id')
  decision(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<OwnDecision> {
    return this.cases.own(userId, id);
  }

  /** Say, once, why a decision about you is wrong: somebody else looks at it, where there is somebody */
  @Post('decisions/:id/appeal')
  @HttpCode(200)
  @Refuses('conflict')
  appeal(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() appeal: AppealRequest,
  ): Promise<OwnDecision> {
    return this.cases.appeal(userId, id, appeal);
  }

  /** Report a person, or something you can see, to the moderators */
  @Post('reports')
  @HttpCode(204)
  @RateLimit({ perMinutes: 60, perAddress: 120, perAccount: 20 })
  @Refuses('not-found', 'conflict')
  report(@CurrentViewer() { userId }: RequestViewer, @Body() report: ReportRequest): Promise<void> {
    return this.reports.report(userId, report);
  }
}
