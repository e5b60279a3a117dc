import { readFileSync } from 'node:fs';

/** Of all threads of a process. Linux counts in ticks of ten milliseconds; NaN where the system does not tell. */
export function cpuMicrosOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return NaN;
  }
}
