import { Module } from '@nestjs/common';
import { PostsModule } from '../posts/posts.module.js';
import { InsightSettingsRepository } from './insight-settings.repository.js';
import { InsightSettingsService } from './insight-settings.service.js';
import { InsightsController } from './insights.controller.js';
import { InsightsListener } from './insights.listener.js';
import { InsightsPersonalData } from './insights.personal-data.js';
import { InsightsRemovalRepository } from './insights-removal.repository.js';
import { InsightsRemovalService } from './insights-removal.service.js';
import { InsightsRepository } from './insights.repository.js';
import { InsightsService } from './insights.service.js';
import { SiteCountingService } from './site-counting.service.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsRepository } from './statistics.repository.js';
import { StatisticsService } from './statistics.service.js';
import { VisitCountingRepository } from './visit-counting.repository.js';
import { VisitCountingService } from './visit-counting.service.js';
import { VisitsService } from './visits.service.js';

@Module({
  imports: [PostsModule],
  controllers: [InsightsController, StatisticsController],
  providers: [
    InsightsService,
    InsightSettingsService,
    InsightsRemovalService,
    InsightsListener,
    InsightsPersonalData,
    VisitsService,
    VisitCountingService,
    InsightsRepository,
    InsightSettingsRepository,
    InsightsRemovalRepository,
    VisitCountingRepository,
    SiteCountingService,
    StatisticsService,
    StatisticsRepository,
  ],
})
export class InsightsModule {}
