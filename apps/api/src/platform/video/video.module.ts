import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Videos } from './videos.js';

@Global()
@Module({
  providers: [
    { provide: Videos, inject: [Config], useFactory: (config: Config) => Videos.lookFor(config) },
  ],
  exports: [Videos],
})
export class VideoModule {}
