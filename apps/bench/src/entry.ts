import type { Api } from './api-server.ts';
import type { BareHandler } from './bare/handler.ts';
import type { BareDatabase } from './bare/database.ts';
import type { Installation } from './installation.ts';
import type { BenchRequest } from './request.ts';
import type { World } from './world/world.ts';

/** Requests that keep coming from other people while the entry's own are measured. */
export interface Flood {
  requests: BenchRequest[];
  connections: number;
  perSecond: number;
  /** Every other status fails the run. */
  expected: number[];
}

export interface Workload {
  /** Sent in turn by every connection, each of which begins with another. */
  requests: BenchRequest[];
  connections: number;
  /** In place of as fast as they are answered. */
  perSecond?: number;
  /** Measures the api without and with it, in place of the api beside the bare server. */
  flood?: Flood;
  /** The requests by what they ask for, in place of all together; the api's times for them are compared too. */
  kinds?: Record<string, BenchRequest[]>;
  /** The same questions about little: measures the api with them first, in place of the bare server. */
  baseline?: BenchRequest[];
}

export interface BareContext extends Installation {
  database: BareDatabase;
  sessionSecret: string;
}

/** A database full of people and posts, made once in a run. */
export interface WorldWanted {
  posts: number;
  /** Asks the same of a world with so many posts and compares the api with itself. */
  besidePosts?: number;
  /** The entry searches: texts are in the index. */
  isIndexed?: boolean;
  /** The entry writes, and gets a copy of its own. */
  isChanged?: boolean;
}

/** One thing that is measured: a file of its own in `entries/`. */
export interface Entry {
  name: string;
  /** Printed above its figures: what is compared with what, and what limits it. */
  about: string;
  /**
   * The least share of the reference's throughput; null where nothing was promised. Beside a baseline the
   * median latency has to keep it too.
   */
  target: number | null;
  /** With a flood: p99 is at most so many times what it is without. */
  slowedAtMost?: number;
  /** In place of an empty installation. */
  world?: WorldWanted;
  /** Runs only if it is named. */
  isLong?: boolean;
  /** Jobs go on after the answers: what is counted too is how many were answered and done per second. */
  hasJobs?: boolean;
  /** Makes the rows in a fresh installation and tells what to ask for. */
  seed(api: Api, installation: Installation, world?: World): Promise<Workload>;
  /** Runs in the bare server's process: answers the same requests from the same rows. */
  bare?(context: BareContext): BareHandler;
  /** Blanks what two right answers may differ in, such as an id made for the answer. */
  comparable?(body: string): string;
}
