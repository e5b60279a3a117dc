import { fork } from 'node:child_process';
import { once } from 'node:events';
import { liveTogether } from './life/live.js';
import { timelineOf } from './life/timeline.js';
import type { Resident } from './move-in.js';

/** The database must not be filled; the message is for people. */
export class SeedRefused extends Error {
  override name = 'SeedRefused';
}

/**
 * Fills the empty database of these settings with the months in which the cast has lived there. `program` is the api
 * that lives in the past (`apps/api/src/database/seeds/api-in-the-past.ts`), built.
 */
export async function seed(program: string, settings: NodeJS.ProcessEnv): Promise<Resident[]> {
  const now = Date.now();
  // Before the first of them comes.
  const start = timelineOf(now)[0]!.at - 3600_000;
  const api = fork(program, [String(start)], {
    env: {
      ...settings,
      // Their addresses are not real, and everybody knows their password.
      SMTP_URL: '',
      // Over plain http, as the private port speaks it.
      PUBLIC_URL: 'http://localhost',
      PASSWORD_HASH_COST: '10',
      RATE_LIMITS: 'off',
    },
    execArgv: ['--enable-source-maps'],
  });
  const ended = once(api, 'exit').then(([code]): never => {
    throw new Error(`The api in the past ended (${code})`);
  });
  // Awaited with every answer only.
  ended.catch(() => undefined);
  const answer = async () =>
    (await Promise.race([once(api, 'message'), ended]))[0] as { url?: string; refused?: string };
  const moveTo = async (moment: number | null) => {
    const answered = answer();
    api.send({ moment });
    await answered;
  };
  try {
    const { url, refused } = await answer();
    if (!url) throw new SeedRefused(refused);
    const residents = await liveTogether(url, now, moveTo);
    await moveTo(null);
    return residents;
  } finally {
    if (api.connected) api.disconnect();
    await ended.catch(() => undefined);
  }
}
