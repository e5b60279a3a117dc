import type { Page } from '@echomate/contracts/paging.dto';
import { validate as isUuid } from 'uuid';
import { invalidField } from './problem.js';

export const badCursor = () => invalidField('cursor', 'bad-cursor');

/**
 * A page ends at an id; the next one starts after it. Ids are ordered by time, so pages never shift. Cursors are
 * encrypted and decrypted at the border (`cursors.ts`); here they are plain.
 */
export function afterId(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!isUuid(cursor)) throw badCursor();
  return cursor.toLowerCase();
}

/**
 * Takes one row more than a page holds: its presence means that there is another page. A row may have no item, if what
 * was loaded for it has just become hidden from the viewer.
 */
export function pageOf<Row extends { id: string }, Item extends object>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item | null | undefined,
): Page<Item> {
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toItem).filter((item) => item != null),
    nextCursor: rows.length > limit ? shown.at(-1)!.id : null,
  };
}
