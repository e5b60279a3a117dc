import { setTimeout as sleep } from 'node:timers/promises';

/** Less than a test may take, so that the failure says what was waited for. */
const PATIENCE_MS = 25_000;
const LOOK_EVERY_MS = 15;

type Seen<Found> = Exclude<Found, null | undefined | false | 0 | ''>;

/**
 * Looks until there is something to see, and returns it: for what follows an answer in a job, a file or another process.
 * How long that takes is up to the machine, so only a very long wait is a failure.
 */
export async function until<Found>(
  what: string,
  look: () => Found | Promise<Found>,
  patienceMs = PATIENCE_MS,
): Promise<Seen<Found>> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found as Seen<Found>;
    if (performance.now() > deadline) throw new Error(`It never came true: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}
