import { Agent, request, type OutgoingHttpHeaders } from 'node:http';

export interface HttpAnswer {
  status: number;
  contentType: string;
  retryAfter: number;
  setCookies: string[];
  body: string;
}

interface Sent {
  method: string;
  headers: OutgoingHttpHeaders;
  body?: string | undefined;
  timeoutMs: number;
}

const agent = new Agent({ keepAlive: true });

/**
 * `fetch` for requests from one process to its neighbour: a page makes several, and those of `fetch` cost more than
 * rendering it.
 */
export const ask = async (url: URL, sent: Sent): Promise<HttpAnswer> => {
  try {
    return await send(url, sent);
  } catch (cause) {
    // The api may close a connection it has kept open in the moment in which it is used again.
    if (cause instanceof Stale && sent.method === 'GET') return send(url, sent);
    throw cause;
  }
};

class Stale extends Error {}

const send = (url: URL, { method, headers, body, timeoutMs }: Sent) =>
  new Promise<HttpAnswer>((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method,
        headers:
          body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      },
      (incoming) => {
        let answered = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (part: string) => (answered += part));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            contentType: incoming.headers['content-type'] ?? '',
            retryAfter: Number(incoming.headers['retry-after'] ?? 0),
            setCookies: incoming.headers['set-cookie'] ?? [],
            body: answered,
          }),
        );
        incoming.on('close', () => clearTimeout(timer));
      },
    );
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`No answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    outgoing.on('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const isStale = outgoing.reusedSocket && cause.code === 'ECONNRESET';
      reject(isStale ? new Stale(cause.message, { cause }) : cause);
    });
    outgoing.end(body);
  });
