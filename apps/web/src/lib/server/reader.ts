import type { RequestEvent } from '@sveltejs/kit';
import { UNKNOWN_READER, ZONE_COOKIE, type Reader } from '#lib/reader.ts';

/** Longer than any zone's name. */
const LONGEST_ZONE = 40;
const WELL_FORMED = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i;

/** From what the browser sends: its languages with every request, its zone once a page has told it. */
export const readerOf = ({
  request,
  cookies,
}: Pick<RequestEvent, 'request' | 'cookies'>): Reader => ({
  locale: localeIn(request.headers.get('accept-language')) ?? UNKNOWN_READER.locale,
  zone: zoneOf(cookies.get(ZONE_COOKIE)) ?? UNKNOWN_READER.zone,
});

/** Whoever asks chooses what is looked up. */
const MOST_LOCALES = 500;
const locales = new Map<string, string | undefined>();

/** The language that comes first, which is the reader's own. */
export const localeIn = (accepted: string | null) => {
  const first = accepted?.split(/[,;]/, 1)[0]?.trim() ?? '';
  if (!WELL_FORMED.test(first)) return undefined;
  if (!locales.has(first)) {
    if (locales.size >= MOST_LOCALES) locales.clear();
    locales.set(first, Intl.DateTimeFormat.supportedLocalesOf(first)[0]);
  }
  return locales.get(first);
};

const known = new Map<string, boolean>();

export const zoneOf = (named: string | undefined) => {
  if (!named || named.length > LONGEST_ZONE || !/^[\w+/-]+$/.test(named)) return undefined;
  let isZone = known.get(named);
  if (isZone === undefined) {
    isZone = isTimeZone(named);
    if (isZone) known.set(named, true);
  }
  return isZone ? named : undefined;
};

const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
