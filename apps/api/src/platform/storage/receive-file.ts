import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy, { type Busboy } from 'busboy';
import type { Request } from 'express';
import { invalidField, refuse, Refusal } from '../http/problem.js';

export interface Expected {
  field: string;
  /** Where to write the file; the caller removes it, also after a refusal */
  path: string;
  /** The limit for any file */
  maxBytes: number;
  tellingBytes: number;
  /** The limit for a file with these first bytes; throws a refusal if its type is not accepted */
  judge(start: Buffer): number;
  /** Text fields that may accompany the file; the file is then optional */
  texts?: { count: number; maxBytes: number };
}

/** Boundary, headers and line ends around the file. */
const FRAMING_BYTES = 16 * 1024;

export interface Received {
  hasFile: boolean;
  texts: Record<string, string>;
}

/**
 * Streams the one file of a multipart body to the disk and checks its first bytes. A middleware such as multer would
 * read a refused body to its end, however long it is, before it answers. `platform/http/bodies.ts` ends stalled bodies
 * of all kinds.
 */
export async function receiveFile(request: Request, expected: Expected): Promise<Received> {
  if (!request.is('multipart/form-data')) throw invalidField(expected.field, 'no-file');
  const { maxBytes, texts } = expected;
  const around = FRAMING_BYTES + (texts ? texts.count * texts.maxBytes : 0);
  if (Number(request.get('Content-Length') ?? 0) > maxBytes + around) throw tooLarge(maxBytes);
  return parse(request, expected);
}

function parse(request: Request, expected: Expected): Promise<Received> {
  const parser = parserFor(request, expected);
  return new Promise((resolve, reject) => {
    let writing: Promise<void> | null = null;
    let failure: unknown = null;
    const texts = new Map<string, string>();

    const fail = (error: unknown) => {
      if (failure) return;
      failure = error;
      request.unpipe(parser);
      request.resume();
      parser.destroy();
      // Writing must have stopped before the caller removes the file.
      void (writing ?? Promise.resolve()).catch(() => undefined).then(() => reject(error));
    };
    const malformed = () => fail(refuse('one-file-expected', { field: expected.field }));

    parser.on('file', (name, file) => {
      // Without a listener an aborted upload would end the process.
      file.on('error', () => undefined);
      if (writing || name !== expected.field) {
        file.resume();
        malformed();
        return;
      }
      writing = save(file, expected);
      writing.catch(fail);
    });
    parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      if (nameTruncated || valueTruncated || texts.has(name)) malformed();
      else texts.set(name, value);
    });
    for (const event of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const)
      parser.on(event, malformed);
    parser.on('error', malformed);
    parser.on('close', () => {
      if (failure) return;
      const received = { hasFile: writing !== null, texts: Object.fromEntries(texts) };
      if (writing) writing.then(() => resolve(received), fail);
      else if (expected.texts) resolve(received);
      else fail(invalidField(expected.field, 'no-file'));
    });
    request.on('close', () => {
      if (!request.readableEnded) fail(refuse('upload-interrupted'));
    });
    request.pipe(parser);
  });
}

function parserFor(request: Request, { texts }: Expected): Busboy {
  const fields = texts?.count ?? 0;
  try {
    return busboy({
      headers: request.headers,
      limits: { files: 1, fields, parts: fields + 2, fieldSize: texts?.maxBytes ?? 0 },
    });
  } catch {
    throw refuse('malformed-request');
  }
}

/** Writes a file that does not come with a request, by the same limits. */
export async function save(file: Readable, expected: Expected): Promise<void> {
  try {
    await pipeline(
      file,
      (source: AsyncIterable<Buffer>) => judged(source, expected),
      createWriteStream(expected.path, { flags: 'wx' }),
    );
  } catch (error) {
    // If a file is refused at once, opening it may fail too.
    const failures = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
    throw failures.find((failure) => failure instanceof Refusal) ?? error;
  }
}

async function* judged(source: AsyncIterable<Buffer>, { judge, tellingBytes }: Expected) {
  let start: Buffer | null = Buffer.alloc(0);
  let maxBytes = Infinity;
  let received = 0;
  for await (const part of source) {
    received += part.length;
    if (received > maxBytes) throw tooLarge(maxBytes);
    if (!start) {
      yield part;
      continue;
    }
    start = Buffer.concat([start, part]);
    if (start.length < tellingBytes) continue;
    maxBytes = judge(start);
    if (received > maxBytes) throw tooLarge(maxBytes);
    yield start;
    start = null;
  }
  if (!start) return;
  judge(start);
  yield start;
}

const tooLarge = (maxBytes: number) =>
  refuse('file-too-large', { max: Math.floor(maxBytes / 1024 / 1024) });
