import { setImmediate as nextTurn } from 'node:timers/promises';
import { HELD_AT_MOST_MS } from './event-loop.js';

/**
 * Lets one at a time through, in the order in which they asked. A line of many short ones would never leave
 * the event loop to anybody else, so between two of them others have their turn.
 */
export class FairQueue {
  private tail: Promise<unknown> = Promise.resolve();
  /** Since when this turn of the loop is theirs; null in a new turn */
  private since: number | null = null;

  enter<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = async () => {
      if (this.since !== null && performance.now() - this.since > HELD_AT_MOST_MS) await nextTurn();
      this.noteTurn();
      return work();
    };
    const turn = this.tail.then(next, next);
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  private noteTurn(): void {
    if (this.since !== null) return;
    this.since = performance.now();
    setImmediate(() => (this.since = null));
  }
}
