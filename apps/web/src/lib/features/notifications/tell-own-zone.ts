import { backgroundApi } from '#lib/browser-api.ts';
import { storageOf, store, stored } from '#lib/storage.ts';
import { savePreferences } from './notifications-api.ts';

/** Quiet hours and the daily email go by the clock that the person was last seen with. Told once by each browser. */
export const tellOwnZone = async (viewerId: string) => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const key = `echomate-zone-${viewerId}`;
  // Without storage it would be told with every page.
  if (!timeZone || !storageOf('localStorage') || stored(key) === timeZone) return;
  const answer = await savePreferences(backgroundApi, { zone: timeZone });
  if (answer.ok) store(key, timeZone);
};
