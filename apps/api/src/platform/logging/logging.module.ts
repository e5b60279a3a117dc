import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Config } from '../config/config.js';
import { currentRequestId } from '../http/request-context.js';

/** Nest's messages at start, which are of no use to operators. */
const CHATTER = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);
const INFO = 30;

const FOR_PEOPLE = {
  target: 'pino-pretty',
  options: {
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{msg}{if method}: {method} {path} with {status} after {ms} ms{end}',
    ignore: 'pid,hostname,context,requestId,viewer,method,path,status,ms',
    singleLine: true,
  },
};

@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        // `request-log.ts` logs requests: pino-http creates two loggers for each, even if nothing is logged.
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
          // A terminal shows sentences to people; whatever collects logs gets JSON.
          ...(process.stdout.isTTY && !config.isProduction && { transport: FOR_PEOPLE }),
        },
      }),
    }),
  ],
})
export class LoggingModule {}
