import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { currentWork, hasRequests, lastRequestAt } from '../http/request-context.js';

/**
 * SQLite runs on the event loop, and awaiting its results never leaves the current turn. So a request yields after its
 * statements have blocked the loop for this long.
 */
export const HELD_AT_MOST_MS = 4;
const HELD_IN_BACKGROUND_MS = 1;
/** While requests come in, background work pauses for this many times as long as its statements took. */
const PAUSE_FACTOR = 5;
const PAUSE_AT_MOST_MS = 50;
const QUIET_AFTER_MS = 50;
/** After its pause, background work waits until no request is under way, but no longer than this. */
const GIVES_WAY_MS = 20;

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

/** On PostgreSQL, background work may take this long at once before it begins to pause. */
const FREE_MS = 10;
let takenMs = 0;
let takenAt = 0;

/**
 * Called after every statement on PostgreSQL, with its duration. It doesn't block the event loop, but requests and
 * background work share PostgreSQL's processors. Half of it counts: the rest is the way there and back.
 */
export function countInBackground(ms: number): void {
  const work = currentWork();
  if (!work || work.request) return;
  const now = performance.now();
  takenMs = Math.max(0, takenMs - (now - takenAt) / PAUSE_FACTOR) + ms / 2;
  takenAt = now;
  if (takenMs > FREE_MS) work.heldMs += ms / 2;
}

/** Yields between statements or transactions of background work. */
export function yieldToRequests(): Promise<void> | undefined {
  const work = currentWork();
  if (!work || work.request || work.heldMs < HELD_IN_BACKGROUND_MS) return undefined;
  const pause = Math.min(work.heldMs * PAUSE_FACTOR, PAUSE_AT_MOST_MS);
  work.heldMs = 0;
  return inPace(pause);
}

/** Shared by all background work. */
let mayGoOnAt = 0;

async function inPace(pause: number): Promise<void> {
  await nextTurn();
  const now = performance.now();
  if (now - lastRequestAt() > QUIET_AFTER_MS) return;
  const wait = Math.max(now, mayGoOnAt) + pause - now;
  mayGoOnAt = now + wait;
  await sleep(wait);
  const until = performance.now() + GIVES_WAY_MS;
  while (hasRequests() && performance.now() < until) await sleep(1);
}
