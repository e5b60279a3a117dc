/** The lowest and the highest possible id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Rows between two ids, both excluded; ids are ordered by time. */
export interface IdSpan {
  after: string | null;
  before: string | null;
}

/** When an id was made: a UUIDv7 begins with the milliseconds. */
export const timeOf = (id: string): string =>
  new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString();
