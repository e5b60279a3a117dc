import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InsightsQuery } from '@echomate/contracts/insights.dto';
import { Statistics } from '@echomate/contracts/statistics.dto';
import { Requires } from '../../platform/http/requires.decorator.js';
import { StatisticsService } from './statistics.service.js';

@ApiTags('admin')
@Controller('admin/statistics')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  /** How many people are here and what they make, and how much room and work it takes; nobody's name */
  @Get()
  @Requires('site.manage')
  read(@Query() { range }: InsightsQuery): Promise<Statistics> {
    return this.statistics.ofSite(range);
  }
}
