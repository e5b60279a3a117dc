/**
 * Loaded into the api's process before the api, which knows nothing of it: measures how long the event loop
 * is held, and tells the bench when it asks.
 */
import { openSync, readSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** The longest turn of the loop since the last reset, in milliseconds. */
export interface Pause {
  pause: number;
  /** Of it, for collecting garbage */
  gc: number;
}

const TICK_MS = 1;
/** After an answer the loop may go on with what belongs to it. */
const SETTLED_MS = 5;

const waited = waitingClock();
let lastTick = performance.now();
let lastWaited = waited();
let longest = { pause: 0, from: 0, to: 0 };
let collections: { from: number; to: number }[] = [];

/** A request that comes during a turn waits for its end, however many callbacks it has. */
function tick(): void {
  const now = performance.now();
  const waitedNow = waited();
  const pause = now - lastTick - (waitedNow - lastWaited) - TICK_MS;
  if (pause > longest.pause) longest = { pause, from: lastTick, to: now };
  lastTick = now;
  lastWaited = waitedNow;
}

function reset(): void {
  lastTick = performance.now();
  lastWaited = waited();
  longest = { pause: 0, from: 0, to: 0 };
  collections = [];
}

function read(): Pause {
  tick();
  const gc = collections
    .map(({ from, to }) => Math.min(to, longest.to) - Math.max(from, longest.from))
    .filter((overlap) => overlap > 0)
    .reduce((sum, overlap) => sum + overlap, 0);
  const pause = Math.max(0, longest.pause);
  return { pause, gc: Math.min(gc, pause) };
}

/** How long this thread was ready while other processes ran: not a pause of the api. */
function waitingClock(): () => number {
  let file: number;
  try {
    file = openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    return () => 0;
  }
  const buffer = Buffer.alloc(64);
  return () => {
    const length = readSync(file, buffer, 0, 64, 0);
    return Number(buffer.toString('latin1', 0, length).split(' ', 2)[1]) / 1e6;
  };
}

if (isMainThread && process.send) {
  setInterval(tick, TICK_MS).unref();
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      collections.push({ from: startTime, to: startTime + duration });
  }).observe({ entryTypes: ['gc'] });
  process.on('message', (message) => {
    if (message === 'reset') {
      reset();
      process.send!(null);
    } else setTimeout(() => process.send!(read()), SETTLED_MS);
  });
  process.channel!.unref();
}
