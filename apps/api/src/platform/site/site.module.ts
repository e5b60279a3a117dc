import { Global, Module } from '@nestjs/common';
import { SiteRepository } from './site.repository.js';
import { SiteService } from './site.service.js';

@Global()
@Module({ providers: [SiteRepository, SiteService], exports: [SiteService] })
export class SiteModule {}
