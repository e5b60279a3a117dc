import { Global, Module } from '@nestjs/common';
import { Looking, Presence } from './presence.js';
import { Processes } from './processes.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { Realtime } from './realtime.service.js';

@Global()
@Module({
  providers: [Realtime, Presence, Looking, Processes, RealtimeGateway],
  exports: [Realtime, Presence, Looking],
})
export class RealtimeModule {}
