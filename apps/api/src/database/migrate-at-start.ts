import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { migrate } from './migrate.js';

/** Applies pending migrations before any module starts its work. */
@Injectable()
export class MigrateAtStart implements OnModuleInit {
  private readonly logger = new Logger(MigrateAtStart.name);

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    const applied = await migrate(this.dataSource);
    if (applied.length)
      this.logger.log(`Applied ${applied.length} migrations, up to ${applied.at(-1)}`);
  }
}
