/** The cast of libs/testing with its past, in a database of its own: for `npm run demo`, `dev` and `db -- seed`. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { CAST, CAST_PASSWORD, emailOf } from '@echomate/testing/cast';
import { seed } from '@echomate/testing/seed';

const PROGRAM = 'apps/api/dist/database/seeds/api-in-the-past.js';
const PREPARED = 'node_modules/.cache/echomate-demo';

/** @param {NodeJS.ProcessEnv} settings which database */
export const moveCastIn = (settings) => seed(PROGRAM, settings);

/**
 * Fills a folder like DATA_DIR with the cast. Filling takes a quarter of a minute, so it is done once a day and for each
 * version of what it is made from.
 *
 * @param {string} folder
 */
export async function copyCastInto(folder) {
  const ready = join(PREPARED, `${new Date().toISOString().slice(0, 10)}-${stateOfSources()}`);
  if (!existsSync(ready)) {
    mkdirSync(PREPARED, { recursive: true });
    const unfinished = mkdtempSync(join(PREPARED, 'unfinished-'));
    try {
      await moveCastIn({
        ...process.env,
        DATA_DIR: unfinished,
        DATABASE_URL: '',
        LOG_LEVEL: 'warn',
      });
      // Each copy has a secret of its own.
      rmSync(join(unfinished, 'session-secret'));
      for (const old of readdirSync(PREPARED))
        if (!old.startsWith('unfinished-')) rmSync(join(PREPARED, old), { recursive: true });
      renameSync(unfinished, ready);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  cpSync(ready, folder, { recursive: true });
}

function stateOfSources() {
  const hash = createHash('sha256');
  for (const project of ['apps/api', 'libs/contracts', 'libs/intake', 'libs/testing'])
    for (const file of globSync(`${project}/dist/**/*.js`).sort())
      hash.update(file).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

export const cast = {
  password: CAST_PASSWORD,
  people: CAST.map((member) => ({
    firstName: member.firstName,
    lastName: member.lastName,
    email: emailOf(member),
  })),
};

export function printCast() {
  for (const { firstName, lastName, email } of cast.people)
    console.log(`  ${email.padEnd(22)} ${firstName} ${lastName}`);
  console.log(`\n  Everyone's password: ${cast.password}\n`);
}
