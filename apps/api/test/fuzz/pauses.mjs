/** Loaded into the server that is tested: how long its event loop stands still, and for which route. */
import { subscribe } from 'node:diagnostics_channel';

const EVERY_MS = 2;
/** @type {Map<string, { route: string, pause: number, processor: number }>} */
const longest = new Map();
let route = 'start';
subscribe('http.server.request.start', (message) => {
  const { request } = /** @type {{ request: import('node:http').IncomingMessage }} */ (message);
  route = String(request.headers['x-fuzz-route'] ?? 'before the requests');
});

let last = performance.now();
let used = process.threadCpuUsage();
setInterval(() => {
  const now = performance.now();
  const pause = now - last - EVERY_MS;
  const { user, system } = process.threadCpuUsage(used);
  if (pause > (longest.get(route)?.pause ?? 1))
    longest.set(route, { route, pause, processor: (user + system) / 1000 });
  last = now;
  used = process.threadCpuUsage();
}, EVERY_MS).unref();

process.on('message', () => process.send?.([...longest.values()]));
process.channel?.unref();
