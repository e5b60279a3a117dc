import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { areRequestsUnderWay, currentWork } from '../http/request-context.js';

/**
 * SQLite answers on the event loop, and awaiting what is there already never leaves it. So whoever has held
 * it this long lets others have their turn, wherever in a chain of statements that is.
 */
export const HELD_AT_MOST_MS = 4;
const HELD_IN_BACKGROUND_MS = 1;
/** Background work goes on after this even if requests never cease. */
const GIVES_WAY_FOR_MS = 10;

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

/** Between statements or transactions in the background: requests come first. */
export function giveWay(): Promise<void> | undefined {
  const work = currentWork();
  if (!work || work.request || work.heldMs < HELD_IN_BACKGROUND_MS) return undefined;
  work.heldMs = 0;
  return untilNoRequests();
}

async function untilNoRequests(): Promise<void> {
  const end = performance.now() + GIVES_WAY_FOR_MS;
  await nextTurn();
  while (areRequestsUnderWay() && performance.now() < end) await sleep(1);
}
