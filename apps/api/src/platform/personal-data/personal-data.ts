import { Injectable } from '@nestjs/common';
import type { Page } from '@echomate/contracts/paging.dto';
import { FIRST_ID } from '../database/ids.js';

const AT_ONCE = 100;

/** A table's rows for an export, or why there are none. */
export type Exported = ((userId: string) => AsyncIterable<object>) | string;

/** The personal data of a module. */
export interface PersonalData {
  module: string;
  /** Every table of the module with personal data. An export leaves out what the rule hides from the person. */
  tables: Record<string, Exported>;
  /**
   * Deletes all of it when an account is removed, in portions; restarts after a crash. By then the account is hidden,
   * and modules that depend on this one have deleted their data.
   */
  remove(userId: string): Promise<void>;
}

/** Modules register their personal data here for account removal and export. */
@Injectable()
export class PersonalDataRegistry {
  private readonly registered: PersonalData[] = [];

  register(data: PersonalData): void {
    this.registered.push(data);
  }

  /** In the order of their dependencies. */
  get all(): readonly PersonalData[] {
    return this.registered;
  }

  async remove(userId: string): Promise<void> {
    for (const data of this.registered.toReversed()) await data.remove(userId);
  }

  async *export(userId: string): AsyncGenerator<{ module: string; table: string; item: object }> {
    for (const { module, tables } of this.registered)
      for (const [table, exported] of Object.entries(tables))
        if (typeof exported !== 'string')
          for await (const item of exported(userId)) yield { module, table, item };
  }
}

export async function* mapped<From, To>(
  items: AsyncIterable<From>,
  change: (item: From) => To,
): AsyncGenerator<To> {
  for await (const item of items) yield change(item);
}

/** All rows of a person in a table, in the order of their ids. */
export async function* rowsOf<Row extends { id: string }>(
  find: (after: string, limit: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  for (let after: string | undefined = FIRST_ID; after !== undefined;) {
    const rows: Row[] = await find(after, AT_ONCE);
    yield* rows;
    after = rows[AT_ONCE - 1]?.id;
  }
}

/** All items of a paged list. */
export async function* itemsOf<Item extends object>(
  find: (page: { cursor?: string; limit: number }) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  for (let cursor: string | undefined; ;) {
    const page: Page<Item> = await find({ cursor, limit: AT_ONCE });
    yield* page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}
