import { backgroundApi } from '#lib/browser-api.ts';
import { savePreferences } from './notifications-api.ts';

/** Quiet hours and the daily email go by the clock that the person was last seen with. Told once by each browser. */
export const tellOwnZone = async (viewerId: string) => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const key = `echomate-zone-${viewerId}`;
  try {
    if (!timeZone || localStorage.getItem(key) === timeZone) return;
    const answer = await savePreferences(backgroundApi, { zone: timeZone });
    if (answer.ok) localStorage.setItem(key, timeZone);
  } catch {
    // Without storage it would be told with every page.
  }
};
