import { createRequire } from 'node:module';

/** Loads a package as the api has it: both servers must run on the same drivers. */
export const fromApi: (name: string) => unknown = createRequire(
  new URL('../../api/package.json', import.meta.url),
);
