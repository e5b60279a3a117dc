import { ask } from './bare-server.ts';
import type { BenchRequest } from './entry.ts';

/** What the database runs for one request, as the api tells outside production; the same for all of them. */
export async function statementsOf(url: string, requests: BenchRequest[]): Promise<number> {
  const counted = new Map<number, string>();
  for (const request of requests) {
    const { status, headers } = await ask(url, request);
    const count = /statements;desc=(\d+)/.exec(headers['server-timing'] ?? '')?.[1];
    if (status !== 200 || count === undefined)
      throw new Error(
        `${request.method} ${request.path} (${status}) told no number of statements.`,
      );
    counted.set(Number(count), `${request.method} ${request.path}`);
  }
  if (counted.size !== 1)
    throw new Error(`The requests run different numbers of statements: ${listed(counted)}.`);
  return [...counted.keys()][0]!;
}

const listed = (counted: Map<number, string>) =>
  [...counted].map(([count, what]) => `${count} for ${what}`).join(', ');
