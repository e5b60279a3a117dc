import { Global, Module } from '@nestjs/common';
import { Presence } from './presence.js';
import { Processes } from './processes.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { Realtime } from './realtime.service.js';

@Global()
@Module({
  providers: [Realtime, Presence, Processes, RealtimeGateway],
  exports: [Realtime, Presence],
})
export class RealtimeModule {}
