import { Injectable } from '@nestjs/common';
import { isAskedAhead } from '../http/request-context.js';

/** The borders of hours and days are those of quarter hours, in every time zone. */
export const QUARTER_MS = 15 * 60_000;

export const quarterAt = (ms: number): number => Math.floor(ms / QUARTER_MS);

export type VisitKind = 'post' | 'person';

/** Within a quarter hour, somebody was shown these. */
export interface Visit {
  kind: VisitKind;
  viewerId: string;
  /** Since the epoch */
  quarter: number;
  ids: Set<string>;
}

/** Beyond that, no more are taken: what is counted matters less than memory. */
const MOST_WAITING = 100_000;

/**
 * Who was shown what, in memory, until it is counted in the background: a reader waits for nothing. Modules that show
 * something add to it, and whoever counts takes it.
 */
@Injectable()
export class Visits {
  private waiting = new Map<string, Visit>();
  private count = 0;

  /** Only what somebody looks at: not what a job reads, nor what a browser asks for before it is wanted. */
  add(viewerId: string, kind: VisitKind, ids: string[]): void {
    if (!ids.length || isAskedAhead() !== false) return;
    this.addIn({ kind, viewerId, quarter: quarterAt(Date.now()), ids: new Set(ids) });
  }

  take(): Visit[] {
    const taken = [...this.waiting.values()];
    this.waiting = new Map();
    this.count = 0;
    return taken;
  }

  /** They could not be counted. */
  putBack(visits: Visit[]): void {
    for (const visit of visits) this.addIn(visit);
  }

  private addIn(visit: Visit): void {
    const key = `${visit.viewerId} ${visit.kind} ${visit.quarter}`;
    const known = this.waiting.get(key);
    const before = known?.ids.size ?? 0;
    if (this.count + visit.ids.size > MOST_WAITING) return;
    if (known) for (const id of visit.ids) known.ids.add(id);
    else this.waiting.set(key, visit);
    this.count += (known ?? visit).ids.size - before;
  }
}
