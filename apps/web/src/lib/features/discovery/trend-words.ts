import * as m from '#lib/generated/messages.js';

/** Counted up to so many. */
const MOST = 30;

/** How many people use a hashtag. */
export const trendWords = (people: number): string =>
  people < MOST
    ? m.discovery_trend_people({ count: people })
    : m.discovery_trend_many({ count: MOST });
