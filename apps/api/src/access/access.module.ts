import { Global, Module } from '@nestjs/common';
import { Access } from './access.service.js';
import { VisibleCounts } from './visible-counts.service.js';

@Global()
@Module({ providers: [Access, VisibleCounts], exports: [Access, VisibleCounts] })
export class AccessModule {}
