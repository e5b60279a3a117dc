import type { AddressInfo } from 'node:net';
import type { Api } from './api-server.ts';
import { messageOf, startModule } from './children.ts';
import type { Entry } from './entry.ts';
import type { Installation } from './installation.ts';
import type { BenchRequest } from './request.ts';

export interface BareOptions extends Installation {
  entry: string;
  /** The headers of the api's answer, so that both send as much. */
  headers: Record<string, string>;
  status: number;
}

/** Each server writes these itself. `server-timing` is copied: the same for every answer, it costs both the same bytes. */
const NOT_COPIED = [
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'set-cookie',
  'x-request-id',
];

export async function startBare(options: BareOptions): Promise<Omit<Api, 'stop'>> {
  const child = startModule(new URL('./bare/main.ts', import.meta.url), options);
  const { port } = await messageOf<AddressInfo>(child);
  return { url: `http://127.0.0.1:${port}`, pid: child.pid! };
}

/** A bare server with other answers would not be a valid reference. */
export async function assertSameAnswers(
  { comparable = (body) => body }: Entry,
  requests: BenchRequest[],
  apiUrl: string,
  bareUrl: string,
): Promise<void> {
  for (const request of requests) {
    const [api, bare] = await Promise.all([ask(apiUrl, request), ask(bareUrl, request)]);
    const [one, other] = [api, bare].map(
      ({ status, body }) => `${status} ${withPlainCursor(comparable(body))}`,
    ) as [string, string];
    if (api.status >= 300 || one !== other) {
      let same = 0;
      while (same < one.length && one[same] === other[same]) same++;
      const whence = Math.max(0, same - 40);
      const around = (answer: string) => `… ${answer.slice(whence, same + 200)} …`;
      throw new Error(
        `${request.method} ${request.path} is answered differently.\n` +
          `api:  ${around(one)}\nbare: ${around(other)}`,
      );
    }
  }
}

/** The api encrypts its cursors; the bare server shows the id. */
const withPlainCursor = (body: string) => body.replace(/"nextCursor":"[^"]+"/, '"nextCursor":"…"');

export async function ask(url: string, { path, ...request }: BenchRequest) {
  // As the load is sent: a compressed answer ends in blanks that differ each time.
  const headersSent = { 'accept-encoding': 'identity', ...request.headers };
  const response = await fetch(url + path, { ...request, headers: headersSent });
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => !NOT_COPIED.includes(name)),
  );
  return { status: response.status, headers, body: await response.text() };
}
