import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.service.js';
import { createDataSource } from './data-source.js';
import { MigrateAtStart } from './migrate-at-start.js';

@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [Config],
      useFactory: (config: Config) => createDataSource(config).initialize(),
    },
    Database,
    MigrateAtStart,
  ],
  exports: [Database],
})
export class DatabaseModule {}
