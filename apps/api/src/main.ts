import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import metadata from './metadata.js';
import { ConfigError, Config } from './platform/config/config.js';
import { serveApiDocs } from './platform/http/api-docs.js';
import { Cursors } from './platform/http/cursors.js';
import { DirectAdapter } from './platform/http/direct-adapter.js';
import { configureHttp } from './platform/http/http-server.js';
import { SwaggerModule } from '@nestjs/swagger';

async function start(): Promise<void> {
  // Before Nest, which would print a bad setting as a page of stack trace.
  const { host, port, isProduction, sessionSecret } = new Config();
  const adapter = new DirectAdapter(new Cursors(sessionSecret));
  const app = await NestFactory.create<NestExpressApplication>(AppModule, adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  configureHttp(app);
  await SwaggerModule.loadPluginMetadata(metadata);
  serveApiDocs(app);
  adapter.showsStatements = !isProduction;
  await app.listen(port, host);
  app.get(Logger).log(`The api listens on ${await app.getUrl()}`, 'Start');
}

start().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
