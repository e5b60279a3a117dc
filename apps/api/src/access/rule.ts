import type { Rule, Sql } from '../platform/database/statements.js';

/** For definitions in this folder alone: whoever makes a rule decides who sees. */
export const asRule = (condition: Sql): Rule => condition as Rule;
