import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.service.js';
import { TextIndex } from '../platform/database/text-index.js';
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
    TextIndex,
    MigrateAtStart,
  ],
  exports: [Database, TextIndex],
})
export class DatabaseModule {}
