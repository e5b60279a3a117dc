import { Global, Module } from '@nestjs/common';
import { JobsRepository } from './jobs.repository.js';
import { Jobs } from './jobs.service.js';

@Global()
@Module({ providers: [Jobs, JobsRepository], exports: [Jobs] })
export class JobsModule {}
