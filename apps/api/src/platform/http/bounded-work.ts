import { refuse } from './problem.js';
import { isAbandoned } from './request-context.js';

/**
 * Lets a few heavy tasks run at once and a few more wait. Beyond that it refuses, so that a flood of
 * them delays neither readers nor itself without end.
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
        throw refuse(
          'unavailable',
          'Too many people are doing this right now. Please try again in a moment.',
        );
      }
      await new Promise<void>((proceed) => this.waiting.push(proceed));
    } else {
      this.running++;
    }
    try {
      // Whoever left while waiting must not keep those behind them waiting too.
      if (isAbandoned()) throw refuse('unavailable', 'The connection was closed.');
      return await work();
    } finally {
      // A place is handed over directly, so that a newcomer cannot slip in between.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
