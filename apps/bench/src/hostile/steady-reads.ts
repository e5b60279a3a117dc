import type { Person } from '../people.ts';
import { send } from './measure.ts';

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

  /** How long each took; waits for those under way. */
  async end(): Promise<number[]> {
    clearInterval(this.timer);
    return Promise.all(this.reads);
  }

  private read(): Promise<number> {
    const path = this.reads.length % 2 ? '/health/live' : '/feed?limit=20';
    return send(this.url, { method: 'GET', path, as: this.reader });
  }
}
