import type { Dialect } from './columns.js';
import { empty, raw, type Sql } from './statements.js';

/** Lets several workers take different rows at once; SQLite has one writer and needs no help. */
export const skipLocked = (dialect: Dialect): Sql =>
  dialect === 'postgres' ? raw('FOR UPDATE SKIP LOCKED') : empty;
