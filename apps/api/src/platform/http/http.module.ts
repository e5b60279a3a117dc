import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProblemFilter } from './problem.filter.js';
import { RateLimits } from './rate-limits.js';

@Global()
@Module({
  providers: [RateLimits, { provide: APP_FILTER, useClass: ProblemFilter }],
  exports: [RateLimits],
})
export class HttpModule {}
