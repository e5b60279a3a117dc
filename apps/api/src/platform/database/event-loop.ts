import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { currentWork, lastRequestAt } from '../http/request-context.js';

/**
 * SQLite answers on the event loop, and awaiting what is there already never leaves it. So whoever has held
 * it this long lets others have their turn, wherever in a chain of statements that is.
 */
export const HELD_AT_MOST_MS = 4;
const HELD_IN_BACKGROUND_MS = 1;
/** While requests come, they have the loop to themselves for so long before background work goes on. */
const PAUSE_MS = 5;
const QUIET_AFTER_MS = 50;

/** Called after every statement on SQLite, with the time it took. */
export function hasHeldLoop(ms: number, isWriting: boolean): Promise<unknown> | undefined {
  const work = currentWork();
  if (!work) return undefined;
  work.heldMs += ms;
  // Whoever writes keeps all other writers waiting, so a transaction is brought to its end first.
  if (!work.request && !isWriting) return giveWay();
  if (work.heldMs < HELD_AT_MOST_MS) return undefined;
  work.heldMs = 0;
  return nextTurn();
}

/** Between statements or transactions in the background. */
export function giveWay(): Promise<void> | undefined {
  const work = currentWork();
  if (!work || work.request || work.heldMs < HELD_IN_BACKGROUND_MS) return undefined;
  work.heldMs = 0;
  return inPace();
}

/** All work in the background shares one pace. */
let mayGoOnAt = 0;

async function inPace(): Promise<void> {
  await nextTurn();
  const now = performance.now();
  if (now - lastRequestAt() > QUIET_AFTER_MS) return;
  const wait = Math.max(now, mayGoOnAt) + PAUSE_MS - now;
  mayGoOnAt = now + wait;
  await sleep(wait);
}
