export const HOUR_MS = 3600_000;
export const DAY_MS = 24 * HOUR_MS;

/** How long something is possible, or not. */
export interface Period {
  hours?: number;
  minutes?: number;
}

/** When a period ends that began at a moment. */
export const endOf = (began: string, { hours = 0, minutes = 0 }: Period): string =>
  new Date(Date.parse(began) + (hours * 60 + minutes) * 60_000).toISOString();

export const isOver = (began: string, period: Period, now: Date): boolean =>
  Date.parse(endOf(began, period)) <= now.getTime();
