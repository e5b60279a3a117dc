import type { Person } from '../people.ts';
import { send } from './measure.ts';

export interface ReadTimes {
  count: number;
  p50: number;
  p99: number;
}

/** A feed and a health check in turn. */
const EVERY_MS = 25;

/** Reads that come when it is their time, whether those before are answered or not, as people do. */
export class SteadyReads {
  private readonly url: string;
  private readonly reader: Person;
  private timer: NodeJS.Timeout | undefined;
  private reads: Promise<number>[] = [];

  constructor(url: string, reader: Person) {
    this.url = url;
    this.reader = reader;
  }

  begin(): void {
    const began = performance.now();
    this.reads = [];
    this.timer = setInterval(() => {
      // Those that a busy machine let slip are made up for.
      const due = Math.floor((performance.now() - began) / EVERY_MS);
      while (this.reads.length < due) {
        const read = this.read();
        // It is told at the end.
        read.catch(() => undefined);
        this.reads.push(read);
      }
    }, EVERY_MS);
  }

  /** Waits for what is under way. */
  async end(): Promise<ReadTimes> {
    clearInterval(this.timer);
    const times = (await Promise.all(this.reads)).sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? NaN;
    return { count: times.length, p50: at(0.5), p99: at(0.99) };
  }

  private read(): Promise<number> {
    const path = this.reads.length % 2 ? '/health/live' : '/feed?limit=20';
    return send(this.url, { method: 'GET', path, as: this.reader });
  }
}
