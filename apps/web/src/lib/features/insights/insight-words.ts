import type { InsightRange, PeopleOverTime } from '@echomate/contracts/insights.dto';
import { LIMITS } from '@echomate/contracts/limits';
import type { Post } from '@echomate/contracts/posts.dto';
import { nameOf } from '#lib/features/follows/person.ts';
import { partsOf } from '#lib/features/posts/body/text-parts.ts';
import * as m from '#lib/generated/messages.js';
import { evenly, numberOf, type Reader } from '#lib/reader.ts';

export const INSIGHT_RANGES: readonly InsightRange[] = ['week', 'month', 'year'];

/** The one that an address asks for. */
export const rangeIn = ({ searchParams }: URL): InsightRange =>
  INSIGHT_RANGES.find((one) => one === searchParams.get('view')) ?? 'month';

export const FEW = LIMITS.insights.few;

export const rangeWords = (range: InsightRange) =>
  ({ week: m.insights_week, month: m.insights_month, year: m.insights_year })[range]();

/** A number of viewers: of few it isn't told how many. */
export const countWords = (count: number | null, reader: Reader, isAtLeast = false) => {
  if (count === null) return m.insights_few({ count: FEW });
  const number = numberOf(count, reader);
  return isAtLeast ? m.insights_at_least({ number }) : number;
};

export const reachWords = ({ total, isAtLeast }: PeopleOverTime) => {
  if (total === null) return m.insights_post_few({ count: FEW });
  if (total === 0) return m.insights_post_nobody();
  return isAtLeast
    ? m.insights_post_at_least({ count: total })
    : m.insights_post_reached({ count: total });
};

const formats = new Map<string, Intl.DateTimeFormat>();
/** Whoever asks chooses the language. */
const MOST_KEPT = 500;

/** Days have no zone of their own. */
const write = (day: string, { locale }: Reader, how: Intl.DateTimeFormatOptions) => {
  const key = `${locale} ${Object.entries(how).join()}`;
  let format = formats.get(key);
  if (!format) {
    if (formats.size >= MOST_KEPT) formats.clear();
    format = new Intl.DateTimeFormat(locale, { ...how, timeZone: 'UTC' });
    formats.set(key, format);
  }
  return evenly(format.format(new Date(`${day}T00:00:00Z`)));
};

/** A day, or a month. */
export const spanWords = ({ from, to }: { from: string; to: string }, reader: Reader) =>
  from === to
    ? write(from, reader, { weekday: 'short', month: 'short', day: 'numeric' })
    : write(from, reader, { month: 'long', year: 'numeric' });

/** So many days have room for their name each. */
const NAMED_DAYS = 10;
const WEEK = 7;

/** Below the bars; of many days only the last of each week. */
export const axisWords = (spans: { from: string; to: string }[], reader: Reader) =>
  spans.map(({ from, to }, at) => {
    if (from !== to) return write(from, reader, { month: 'short' });
    if (spans.length <= NAMED_DAYS) return write(from, reader, { weekday: 'short' });
    const step = spans.length > 5 * WEEK ? 2 * WEEK : WEEK;
    const isNamed = (spans.length - 1 - at) % step === 0 && at > 1;
    return isNamed ? write(from, reader, { month: 'short', day: 'numeric' }) : '';
  });

/** 2024 began with a Monday. */
export const weekdayWords = (weekday: number, reader: Reader, length: 'short' | 'long' = 'long') =>
  write(`2024-01-0${weekday}`, reader, { weekday: length });

export const hourWords = (hour: number, { locale }: Reader) => {
  const key = `${locale} hour`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
  formats.set(key, format);
  return evenly(format.format(Date.UTC(2024, 0, 1, hour)));
};

/** The beginning of what it says. */
export const excerptOf = ({ title, content, mentions }: Post) => {
  const words = partsOf(content, mentions).map((part) =>
    part.kind === 'mention' ? (part.user ? nameOf(part.user) : m.posts_someone()) : part.text,
  );
  return title ?? (words.join('').trim() || m.insights_post_without_words());
};
