import { ask } from './bare-server.ts';
import type { BenchRequest } from './request.ts';

/** By route: what the database runs for one request, as the api tells outside production. */
export type Statements = Map<string, number>;

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const routeOf = ({ method, path }: BenchRequest) =>
  `${method} ${path
    .split('?', 1)[0]!
    .replace('/api/v1', '')
    .replaceAll(ID, ':id')
    .replace(/topic\d+x/, ':tag')}`;

/**
 * The most that any request of a route runs: where people are hidden from the viewer, or a list is mostly hidden,
 * a page asks a few times more.
 */
export async function statementsOf(
  url: string,
  requests: BenchRequest[],
  expected: Statements = new Map(),
): Promise<Statements> {
  // The first request in some minutes also notes when its session was last seen.
  for (const cookie of new Set(requests.map(({ headers }) => headers?.['cookie'])))
    if (cookie)
      await ask(url, { method: 'GET', path: '/api/v1/auth/session', headers: { cookie } });
  for (const request of requests) {
    const { status, headers } = await ask(url, request);
    const count = Number(/statements;desc=(\d+)/.exec(headers['server-timing'] ?? '')?.[1]);
    if (status >= 300 || Number.isNaN(count))
      throw new Error(
        `${request.method} ${request.path} (${status}) told no number of statements.`,
      );
    const route = routeOf(request);
    expected.set(route, Math.max(expected.get(route) ?? 0, count));
  }
  return expected;
}
