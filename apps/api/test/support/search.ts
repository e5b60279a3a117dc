import type { FoundPost, FoundPosts, SearchOverview } from '@echomate/contracts/search.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { raw, sql } from '../../src/platform/database/statements.js';
import type { Person } from './neighbourhood.js';
import { get } from './posts.js';
import type { TestApp } from './test-app.js';
import { until } from './until.js';

/** What is written is indexed a moment later. */
export async function indexSettled(app: TestApp): Promise<void> {
  await until('everything is indexed', async () => {
    const waiting = await app
      .get(Database)
      .one(sql`SELECT id FROM jobs WHERE kind LIKE 'search.%' LIMIT 1`);
    return !waiting;
  });
}

/** How much the index holds: its documents, and the texts that are found. */
export async function sizesOfIndex(app: TestApp): Promise<{ documents: number; texts: number }> {
  const database = app.get(Database);
  const count = async (table: string) =>
    (await database.one<{ count: number }>(sql`SELECT count(*) AS count FROM ${raw(table)}`))!
      .count;
  const partition = (name: string) => (database.dialect === 'sqlite' ? `${name}_docsize` : name);
  return {
    documents: await count('search_documents'),
    texts:
      (await count(partition('search_open'))) +
      (await count(partition('search_chosen'))) +
      (await count(partition('search_closed'))),
  };
}

export const asked = (q: string, more: Record<string, string | number> = {}): string =>
  new URLSearchParams({ q, ...more }).toString();

export const searchPosts = (
  who: Person,
  q: string,
  more: Record<string, string | number> = {},
): Promise<FoundPosts> => get(who, `search/posts?${asked(q, more)}`);

export const overview = (who: Person, q: string): Promise<SearchOverview> =>
  get(who, `search?${asked(q)}`);

const textOf = (parts: { text: string }[]): string => parts.map(({ text }) => text).join('');

/** The texts that are found, newest first. */
export const textsFound = async (
  who: Person,
  q: string,
  more: Record<string, string | number> = {},
): Promise<string[]> =>
  (await searchPosts(who, q, more)).items.map(({ excerpt }) => textOf(excerpt));

export const marked = ({ title, excerpt }: FoundPost): string[] =>
  [...(title ?? []), ...excerpt].filter(({ isMatch }) => isMatch).map(({ text }) => text);
