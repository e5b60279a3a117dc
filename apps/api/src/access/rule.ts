import type { Rule, Sql } from '../platform/database/statements.js';

/** For definitions in this folder only: a condition made a rule decides who sees what. */
export const asRule = (condition: Sql): Rule => condition as Rule;
