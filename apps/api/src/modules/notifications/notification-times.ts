import { Temporal } from 'temporal-polyfill';

/** As people set them: times of day by the clocks of their zone. */
export interface QuietHours {
  zone: string;
  from: string;
  to: string;
}

const isoOf = (time: Temporal.ZonedDateTime) => new Date(time.epochMilliseconds).toISOString();

const hereAt = (now: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);

/** A time that clocks skip is an hour later, and one that they show twice is the first of the two. */
const at = (day: Temporal.PlainDate, time: string, zone: string) =>
  day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });

/** When the quiet hours end in which this moment is; null if it is in none. */
export function quietUntil({ zone, from, to }: QuietHours, now: Date): string | null {
  const today = hereAt(now, zone).toPlainDate();
  const lasts = { days: to > from ? 0 : 1 };
  for (const day of [today.subtract({ days: 1 }), today]) {
    const start = at(day, from, zone).epochMilliseconds;
    const end = at(day.add(lasts), to, zone);
    if (start <= now.getTime() && now.getTime() < end.epochMilliseconds) return isoOf(end);
  }
  return null;
}

/** The next time after this moment that clocks show this hour. */
export function nextAtHour(hour: number, zone: string, now: Date): string {
  const time = `${String(hour).padStart(2, '0')}:00`;
  const today = hereAt(now, zone).toPlainDate();
  const [first, second] = [today, today.add({ days: 1 })].map((day) => at(day, time, zone));
  return isoOf(first!.epochMilliseconds > now.getTime() ? first! : second!);
}
