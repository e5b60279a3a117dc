import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Redis } from './redis.js';

@Global()
@Module({
  providers: [
    {
      provide: Redis,
      inject: [Config],
      useFactory: ({ redisUrl }: Config) => Redis.connect(redisUrl),
    },
  ],
  exports: [Redis],
})
export class RedisModule {}
