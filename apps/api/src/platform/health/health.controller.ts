import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Alive } from '@echomate/contracts/health.dto';
import { Database } from '../database/database.service.js';
import { Public } from '../http/public.decorator.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Redis } from '../redis/redis.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly redis: Redis,
  ) {}

  /** The process answers */
  @Get('live')
  @Public()
  live(): Alive {
    return { status: 'ok' };
  }

  /** The database, and Redis if there is one, answer; every migration is applied; jobs that died are counted */
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
      async () => {
        const { client } = this.redis;
        const check = this.indicator.check('redis');
        if (!client) return check.up({ isUsed: false });
        return client.ping().then(
          () => check.up(),
          () => check.down('does not answer'),
        );
      },
      async () =>
        this.indicator.check('jobs').up({ dead: await this.jobs.countDead().catch(() => null) }),
    ]);
  }
}
