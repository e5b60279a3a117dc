import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { currentWork, lastRequestAt } from '../http/request-context.js';

/**
 * SQLite runs on the event loop, and awaiting its results never leaves the current turn. So a request yields after its
 * statements have blocked the loop for this long.
 */
export const HELD_AT_MOST_MS = 4;
const HELD_IN_BACKGROUND_MS = 1;
/** While requests come in, background work pauses for this long between statements. */
const PAUSE_MS = 5;
const QUIET_AFTER_MS = 50;

/** Called after every statement on SQLite, with its duration. */
export function yieldIfHeldLoop(ms: number, isWriting: boolean): Promise<unknown> | undefined {
  const work = currentWork();
  if (!work) return undefined;
  work.heldMs += ms;
  // A transaction makes all other writers wait, so it yields no more often than a request.
  if (!work.request && !isWriting) return yieldToRequests();
  if (work.heldMs < HELD_AT_MOST_MS) return undefined;
  work.heldMs = 0;
  return nextTurn();
}

/** Yields between statements or transactions of background work. */
export function yieldToRequests(): Promise<void> | undefined {
  const work = currentWork();
  if (!work || work.request || work.heldMs < HELD_IN_BACKGROUND_MS) return undefined;
  work.heldMs = 0;
  return inPace();
}

/** Shared by all background work. */
let mayGoOnAt = 0;

async function inPace(): Promise<void> {
  await nextTurn();
  const now = performance.now();
  if (now - lastRequestAt() > QUIET_AFTER_MS) return;
  const wait = Math.max(now, mayGoOnAt) + PAUSE_MS - now;
  mayGoOnAt = now + wait;
  await sleep(wait);
}
