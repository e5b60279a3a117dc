import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Resident memory of a process, in MB. */
export function memoryOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))![1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Math.round(Number(kilobytes) / 1024);
}

/** Notes the highest memory of processes until it is stopped. */
export function watchMemory(pids: number[]) {
  const highest = pids.map(memoryOf);
  const timer = setInterval(() => {
    pids.forEach((pid, at) => (highest[at] = Math.max(highest[at]!, memoryOf(pid))));
  }, 100);
  return () => {
    clearInterval(timer);
    return highest;
  };
}
