import { setImmediate as nextTurn } from 'node:timers/promises';
import { HELD_AT_MOST_MS } from './event-loop.js';

/**
 * Runs one task at a time, in order of arrival. A queue of many short tasks would block the event loop, so it yields
 * between tasks.
 */
export class FairQueue {
  private tail: Promise<unknown> = Promise.resolve();
  /** When the first task of this turn of the event loop started; null in a new turn */
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
