import { randomFillSync, randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

/** Less fits into the first packets anyway. */
const LEAST_BYTES = 1400;
const COMPRESSED = /^(text\/html|application\/(problem\+)?json)\b/i;
/** Ends a page as well as a JSON document, and says nothing in either. */
const BLANKS = Buffer.from(' \n\r\t');
const MOST_BLANKS = 511;
/** Drawn once: to fill some for every answer takes longer than all but compressing it. */
const DRAWN = randomFillSync(Buffer.allocUnsafe(64 * 1024)).map((byte) => BLANKS[byte & 3]!);

type Encoding = 'br' | 'gzip';

/**
 * Compresses answers that are sent whole: pages and JSON with a `Content-Length`. What is streamed, a part
 * (`206`), encoded already or marked `no-transform` goes out as it is.
 *
 * Others may write into what a person reads (decision 36), so the length must not tell whether a text has occurred
 * before: a random number of random blanks at the end blurs it.
 */
export function compressWhole(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'HEAD') return;
  const { writeHead, write, end } = response;
  let held: Buffer[] | undefined;
  // Never put back: others, as the session, wrap these methods further and must still be called.
  let isLetThrough = false;

  const hold = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string')
      held!.push(Buffer.from(chunk, typeof encoding === 'string' ? asEncoding(encoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) held!.push(Buffer.from(chunk));
  };
  /** Judged when the headers are complete; then either all of the body is held or none of it. */
  const holds = () => {
    if (held || isLetThrough) return !isLetThrough;
    if (!response.headersSent && isWhole(response)) {
      const encoding = encodingFor(request.headers['accept-encoding']);
      response.appendHeader('Vary', 'Accept-Encoding');
      if (encoding) {
        response.setHeader('Content-Encoding', encoding);
        held = [];
        return true;
      }
    }
    isLetThrough = true;
    return false;
  };
  const send = (body: Buffer) => {
    response.setHeader('Content-Length', body.length);
    end.call(response, body, 'utf8');
  };

  response.writeHead = ((...head: unknown[]) => {
    // With headers of its own it is a short refusal.
    if (head.length > 1) isLetThrough = true;
    response.statusCode = head[0] as number;
    return holds() ? response : writeHead.apply(response, head as never);
  }) as typeof writeHead;

  response.write = ((chunk: unknown, ...rest: unknown[]) => {
    if (!holds()) return write.apply(response, [chunk, ...rest] as never);
    hold(chunk, rest[0]);
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  }) as typeof write;

  response.end = ((...rest: unknown[]) => {
    if (!holds()) return end.apply(response, rest as never);
    const done = rest.at(-1);
    if (typeof done === 'function') response.once('finish', done as () => void);
    if (typeof rest[0] !== 'function') hold(rest[0], rest[1]);
    const body = Buffer.concat([...held!, blanks()]);
    const encoding = response.getHeader('Content-Encoding') as Encoding;
    isLetThrough = true;
    compress(encoding, body, (error, compressed) => {
      if (response.destroyed) return;
      if (!error) return send(compressed);
      response.removeHeader('Content-Encoding');
      send(body);
    });
    return response;
  }) as typeof end;
}

const asEncoding = (name: string) => name as BufferEncoding;

function isWhole(response: ServerResponse): boolean {
  const { statusCode } = response;
  return (
    statusCode !== 206 &&
    COMPRESSED.test(String(response.getHeader('Content-Type'))) &&
    Number(response.getHeader('Content-Length')) >= LEAST_BYTES &&
    !response.hasHeader('Content-Encoding') &&
    !response.hasHeader('Content-Range') &&
    !String(response.getHeader('Cache-Control')).includes('no-transform')
  );
}

/** The better one of those that are accepted. */
export function encodingFor(accepted: string | undefined): Encoding | undefined {
  const weights = new Map<string, number>();
  for (const part of accepted?.toLowerCase().split(',') ?? []) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br > 0 && br >= gz) return 'br';
  return gz > 0 ? 'gzip' : undefined;
}

function blanks(): Uint8Array {
  const from = randomInt(DRAWN.length - MOST_BLANKS);
  return DRAWN.subarray(from, from + randomInt(MOST_BLANKS + 1));
}

/** Up to here, handing it to a thread and back takes longer than compressing it: 0.15 ms. */
const MOST_AT_ONCE = 24 * 1024;

/** What is long in the thread pool, not on the event loop. */
function compress(
  encoding: Encoding,
  body: Buffer,
  done: (error: Error | null, compressed: Buffer) => void,
): void {
  const isShort = body.length <= MOST_AT_ONCE;
  if (encoding === 'gzip') {
    const options = { level: 1 };
    return isShort ? done(null, gzipSync(body, options)) : gzip(body, options, done);
  }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 3,
    // 128 kB: a larger window is more memory to prepare for every answer.
    [constants.BROTLI_PARAM_LGWIN]: 17,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  if (isShort) done(null, brotliCompressSync(body, { params }));
  else brotliCompress(body, { params }, done);
}
