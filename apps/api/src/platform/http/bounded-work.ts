import { refuse } from './problem.js';
import { isAbandoned } from './request-context.js';

/**
 * Lets a few heavy tasks run at once and a few more wait, and refuses others, so that a flood of them delays neither
 * other requests nor itself without limit.
 */
export class BoundedWork {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly maxWaiting: number,
  ) {}

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.atOnce) {
      if (this.waiting.length >= this.maxWaiting) {
        throw refuse('unavailable');
      }
      await new Promise<void>((proceed) => this.waiting.push(proceed));
    } else {
      this.running++;
    }
    try {
      // Clients that left while waiting must not delay those behind them.
      if (isAbandoned()) throw refuse('unavailable');
      return await work();
    } finally {
      // The place is passed on directly, so that a newcomer cannot take it.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
