import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Insights,
  InsightSettings,
  InsightSettingsRequest,
  InsightsQuery,
  PostInsights,
  VisitsRequest,
} from '@echomate/contracts/insights.dto';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { InsightSettingsService } from './insight-settings.service.js';
import { InsightsService } from './insights.service.js';
import { VisitsService } from './visits.service.js';

/** Pages tell one with most of what is opened, apart from what people write. */
const TELLING = { perMinutes: 1, perAddress: 1200, perAccount: 120 };

@ApiTags('insights')
@Controller()
export class InsightsController {
  constructor(
    private readonly insights: InsightsService,
    private readonly settings: InsightSettingsService,
    private readonly visits: VisitsService,
  ) {}

  /** How far your posts and your profile reached, in numbers only; below five they aren't told */
  @Get('insights')
  overview(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { range }: InsightsQuery,
  ): Promise<Insights> {
    return this.insights.overview(userId, range);
  }

  /** Whether your visits count for others, and others' for you */
  @Get('insights/settings')
  readSettings(@CurrentViewer() { userId }: RequestViewer): Promise<InsightSettings> {
    return this.settings.find(userId);
  }

  /** Leave your visits uncounted, switch your insights off, or tell your time zone; it takes effect at once */
  @Patch('insights/settings')
  saveSettings(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() changes: InsightSettingsRequest,
  ): Promise<InsightSettings> {
    return this.settings.save(userId, changes);
  }

  /** How many people your post has reached */
  @Get('posts/:id/insights')
  ofPost(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<PostInsights> {
    return this.insights.ofPost(userId, id);
  }

  /** Say whose profile you've opened, and which posts you look at that were asked for with `Sec-Purpose: prefetch` */
  @Post('visits')
  @HttpCode(204)
  @RateLimit(TELLING)
  tell(@CurrentViewer() { userId }: RequestViewer, @Body() visits: VisitsRequest): Promise<void> {
    return this.visits.tell(userId, visits);
  }
}
