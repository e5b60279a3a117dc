/** What the service worker and the outbox keep in this browser for whoever is signed in (decision 51). */
const OUTBOX = 'echomate:outbox:';

export const outboxPlace = (viewerId: string) => `${OUTBOX}${viewerId}:`;

const tellWorker = (said: 'forget' | { keep: string }) => {
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(said));
};

/** Messages that others have written here and not sent. The service worker sees to its own part. */
export const keepOnlyOf = (viewerId: string | undefined) => {
  const own = viewerId && outboxPlace(viewerId);
  try {
    for (const place of Object.keys(localStorage))
      if (place.startsWith(OUTBOX) && !(own && place.startsWith(own)))
        localStorage.removeItem(place);
  } catch {
    // Nothing is stored where storage is forbidden.
  }
};

/** Nobody is signed in any more, or wants to be. */
export const forgetKept = () => {
  keepOnlyOf(undefined);
  tellWorker('forget');
};

/** What is shown has gone on since it was loaded. */
export const keepAgain = (address: string) => tellWorker({ keep: address });

/** Whether the page at this address can be shown without a line. */
export const isKept = async ({ origin, pathname, search }: URL): Promise<boolean> => {
  if (!('caches' in globalThis)) return false;
  const key = `${origin}${pathname.replace(/\/$/, '')}/__data.json${search}`;
  return (await caches.match(key)) !== undefined;
};
