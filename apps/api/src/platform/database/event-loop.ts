import { setImmediate as nextTurn } from 'node:timers/promises';
import { currentWork } from '../http/request-context.js';

/**
 * SQLite answers on the event loop, and awaiting what is there already never leaves it. So whoever has held
 * it this long lets others have their turn, wherever in a chain of statements that is.
 */
export const HELD_AT_MOST_MS = 4;
const HELD_IN_BACKGROUND_MS = 1;

/** Called after every statement on SQLite, with the time it took. */
export function hasHeldLoop(ms: number): Promise<void> | undefined {
  const work = currentWork();
  if (!work) return undefined;
  work.heldMs += ms;
  if (work.heldMs < (work.request ? HELD_AT_MOST_MS : HELD_IN_BACKGROUND_MS)) return undefined;
  work.heldMs = 0;
  return nextTurn();
}
