import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import metadata from '../../src/metadata.js';
import { createApiDocument } from '../../src/platform/http/api-docs.js';
import { Declared, type Answer } from './declared.js';

await SwaggerModule.loadPluginMetadata(metadata);

let declared: Declared | undefined;
const complaints: string[] = [];

/** Every app of a process has the same routes, so their description is made once. */
export const declaredBy = (app: INestApplication): Declared =>
  (declared ??= new Declared(createApiDocument(app)));

/** Compares every answer with the API document. */
export function checkAnswers(app: () => INestApplication) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const url = request.originalUrl;
    const parts: Buffer[] = [];
    const keep = (part: unknown, encoding: unknown) => {
      if (typeof part === 'string') parts.push(Buffer.from(part, encoding as BufferEncoding));
      else if (part instanceof Uint8Array) parts.push(Buffer.from(part));
    };
    const isJson = () => /json/.test(String(response.getHeader('Content-Type') ?? ''));
    let isLookedAt = false;
    const look = () => {
      if (isLookedAt) return;
      isLookedAt = true;
      const type = response.getHeader('Content-Type') as string | undefined;
      const body =
        type === undefined || isJson() ? opened(Buffer.concat(parts), response).toString() : null;
      check(app(), { method: request.method, url, status: response.statusCode, type, body });
    };
    const { write, end } = response;
    response.write = ((...args: Parameters<typeof write>) => {
      if (isJson()) keep(args[0], args[1]);
      return write.apply(response, args);
    }) as typeof write;
    response.end = ((...args: Parameters<typeof end>) => {
      if (!response.getHeader('Content-Type') || isJson()) keep(args[0], args[1]);
      look();
      return end.apply(response, args);
    }) as typeof end;
    // Who has all the bytes of a file may leave before the server says that this was the end.
    response.once('close', () => {
      if (response.headersSent) look();
    });
    next();
  };
}

function opened(body: Buffer, response: Response): Buffer {
  const encoding = response.getHeader('Content-Encoding');
  return encoding === 'br'
    ? brotliDecompressSync(body)
    : encoding === 'gzip'
      ? gunzipSync(body)
      : body;
}

function check(app: INestApplication, answer: Answer): void {
  const complaint = declaredBy(app).complaint(answer);
  if (complaint)
    complaints.push(`${answer.method} ${answer.url} → ${answer.status}\n  ${complaint}`);
}

/** Fails the test that got an answer which the document does not declare. */
export function assertAnswersWereDeclared(): void {
  const found = complaints.splice(0);
  if (found.length > 0)
    throw new Error(`Answers that the API document does not declare:\n\n${found.join('\n\n')}`);
}
