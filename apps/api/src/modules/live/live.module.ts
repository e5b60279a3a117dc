import { Module } from '@nestjs/common';
import { LivePagesService } from './live-pages.service.js';
import { LiveListener } from './live.listener.js';
import { LiveRepository } from './live.repository.js';

@Module({ providers: [LivePagesService, LiveListener, LiveRepository] })
export class LiveModule {}
