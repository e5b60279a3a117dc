import { indexRange } from '../search-words.js';
import { sql, type Reader, type Sql } from './statements.js';

/** Up to so many matches are compared one by one; beyond that a list is walked. */
const FEW = 500;

/**
 * Ids of everything that may match all words, if there are few of them; null otherwise. `index` is a table of beginnings
 * of words, with the column of what has them.
 */
export async function findFewMatching(
  reader: Reader,
  index: { table: Sql; id: Sql },
  words: string[],
): Promise<string[] | null> {
  for (const word of words.toSorted((one, other) => other.length - one.length)) {
    const [from, to] = indexRange(word);
    const rows = await reader.many<{ id: string }>(sql`
      SELECT w.${index.id} AS id FROM ${index.table} w WHERE w.word BETWEEN ${from} AND ${to} LIMIT ${FEW + 1}`);
    if (rows.length <= FEW) return [...new Set(rows.map(({ id }) => id))];
  }
  return null;
}
