import type { Page } from '@echomate/contracts/paging.dto';
import { invalidField } from './problem.js';

/** Keeps only the requested fields. */
export function narrowed<Item extends object>(items: Item[], fields: string | undefined): Item[] {
  if (fields === undefined) return items;
  const names = fields.split(',').map((name) => name.trim());
  return items.map((item) => {
    const unknown = names.find((name) => !Object.hasOwn(item, name));
    if (unknown !== undefined) throw invalidField('fields', 'unknown-field');
    return Object.fromEntries(names.map((name) => [name, item[name as keyof Item]])) as Item;
  });
}

export const narrowedPage = <Item extends object>(
  page: Page<Item>,
  fields: string | undefined,
): Page<Item> => ({ ...page, items: narrowed(page.items, fields) });
