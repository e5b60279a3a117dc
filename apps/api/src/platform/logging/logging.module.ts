import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Config } from '../config/config.js';
import { currentRequestId } from '../http/request-context.js';

/** What Nest says of itself at every start; nobody who runs this can use it. */
const CHATTER = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);
const INFO = 30;

@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        // `request-log.ts` logs requests: pino-http makes two loggers for each, written or not.
        forRoutes: [],
        pinoHttp: {
          level: config.logLevel,
          mixin: () => {
            const requestId = currentRequestId();
            return requestId ? { requestId } : {};
          },
          hooks: {
            logMethod(entry, log, level) {
              const { context } = entry[0] as { context?: string };
              if (level > INFO || !context || !CHATTER.has(context)) log.apply(this, entry);
            },
          },
          ...(process.stdout.isTTY && !config.isProduction
            ? {
                transport: {
                  target: 'pino-pretty',
                  options: { ignore: 'pid,hostname', singleLine: true },
                },
              }
            : {}),
        },
      }),
    }),
  ],
})
export class LoggingModule {}
