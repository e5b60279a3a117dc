import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { notFound } from '../http/problem.js';
import { byteRangeOf } from './byte-range.js';
import type { FileStorage } from './file-storage.js';

/** Error codes of a stream whose reader has closed the connection. */
const LEFT = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE', 'ECONNRESET', 'EPIPE'];

export interface FileToAnswer {
  name: string;
  type: 'image/webp' | 'image/png' | 'video/mp4';
  /** Changes with the bytes; without quotes */
  tag: string;
}

/** Answers with a file that never changes under its URL: whole, in part, or as not modified. */
export async function answerFile(
  request: Request,
  response: Response,
  storage: FileStorage,
  { name, type, tag }: FileToAnswer,
): Promise<void> {
  const etag = `"${tag}"`;
  if (matches(request.get('If-None-Match'), etag)) {
    describe(response, etag).status(304).end();
    return;
  }
  const isGet = request.method === 'GET';
  const wantsPart =
    isGet && [undefined, etag].includes(request.get('If-Range')) ? request.get('Range') : undefined;
  const whole = isGet && wantsPart === undefined ? await storage.read(name) : null;
  const size = whole?.size ?? (await storage.sizeOf(name));
  if (size === null) throw notFound();
  const range = byteRangeOf(wantsPart, size);
  if (range === 'unsatisfiable') {
    response.status(416).setHeader('Content-Range', `bytes */${size}`);
    response.setHeader('Content-Length', 0).end();
    return;
  }
  const file = whole ?? (isGet ? await storage.read(name, range ?? undefined) : null);
  if (isGet && !file) throw notFound();
  describe(response, etag).status(range ? 206 : 200);
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', 'inline');
  response.setHeader('Content-Length', range ? range.last - range.first + 1 : size);
  if (range) response.setHeader('Content-Range', `bytes ${range.first}-${range.last}/${size}`);
  if (!file) {
    response.end();
    return;
  }
  await sendTo(response, file.stream);
}

/** Answers with an archive to keep. It is personal, and may be gone the next time. */
export async function answerArchive(
  response: Response,
  { size, stream }: { size: number; stream: Readable },
  fileName: string,
): Promise<void> {
  response.setHeader('Content-Type', 'application/zip');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  response.setHeader('Content-Length', size);
  response.setHeader('Cache-Control', 'private, no-store');
  await sendTo(response, stream);
}

async function sendTo(response: Response, stream: Readable): Promise<void> {
  try {
    await pipeline(stream, response);
  } catch (error) {
    // Clients close the connection in the middle of a video; that is not an error.
    if (!LEFT.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    // Whoever had left before it began leaves it open.
    stream.destroy();
  }
}

const describe = (response: Response, etag: string) =>
  response
    .setHeader('ETag', etag)
    .setHeader('Accept-Ranges', 'bytes')
    .setHeader('Cache-Control', 'private, max-age=31536000, immutable');

/** RFC 9110, 13.1.2: weak and strong tags are compared alike. */
const matches = (header: string | undefined, etag: string) =>
  header !== undefined &&
  header
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);
