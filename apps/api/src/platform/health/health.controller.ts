import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Alive } from '@echomate/contracts/health.dto';
import { Database } from '../database/database.service.js';
import { Public } from '../http/public.decorator.js';
import { Jobs } from '../jobs/jobs.service.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  /** The process answers */
  @Get('live')
  @Public()
  live(): Alive {
    return { status: 'ok' };
  }

  /** The database answers and has every migration; jobs that died are counted */
  @Get('ready')
  @Public()
  @HealthCheck()
  ready() {
    return this.health.check([
      async () => {
        const check = this.indicator.check('database');
        try {
          await this.database.ping();
          return (await this.database.hasPendingMigrations())
            ? check.down('migrations are pending')
            : check.up();
        } catch {
          return check.down('does not answer');
        }
      },
      async () =>
        this.indicator.check('jobs').up({ dead: await this.jobs.countDead().catch(() => null) }),
    ]);
  }
}
