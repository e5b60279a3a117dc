import { invalidate } from '$app/navigation';
import { READER, ZONE_COOKIE } from './reader.ts';

const A_YEAR = 365 * 24 * 60 * 60;

/** Before a person is signed in no page shows a time, so the zone is told before the first one is needed. */
export const tellZone = async (known: string) => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (!timeZone || timeZone === known) return;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(timeZone)}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
  await invalidate(READER);
};
