import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Long enough on a machine that does much else. */
const UNTIL_MS = 600_000;

it(
  'the bare server answers what the api does, in every entry',
  async () => {
    const { DATABASE_URL: _none, ...environment } = process.env;
    const main = join(import.meta.dirname, 'main.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [main, '--answers'], {
      env: { ...environment, NODE_OPTIONS: '' },
    });
    for (const name of ['session-read', 'profile', 'feed', 'post-page', 'post-create', 'search'])
      expect(stdout).toContain(`${name}: the same answers`);
  },
  UNTIL_MS,
);
