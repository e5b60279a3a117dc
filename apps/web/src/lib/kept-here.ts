/** What the service worker and the outbox keep in this browser for whoever is signed in. */
const OUTBOX = 'echomate:outbox:';

export const outboxPlace = (viewerId: string) => OUTBOX + viewerId;

const tellWorker = (word: 'forget' | 'returned') => {
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(word));
};

const forgetWaiting = (butOf?: string) => {
  try {
    for (const place of Object.keys(localStorage))
      if (place.startsWith(OUTBOX) && place !== butOf) localStorage.removeItem(place);
  } catch {
    // Nothing is stored where storage is forbidden.
  }
};

/** Nobody is signed in any more, or wants to be. */
export const forgetKept = () => {
  forgetWaiting();
  tellWorker('forget');
};

/** Whoever is signed in now finds nothing of others. The service worker sees to its own part. */
export const keepOnlyOf = (viewerId: string | undefined) =>
  forgetWaiting(viewerId && outboxPlace(viewerId));

export const askAgainForShown = () => tellWorker('returned');

/** Whether the page at this address can be shown without a line. */
export const isKept = async ({ origin, pathname, search }: URL): Promise<boolean> => {
  if (!('caches' in globalThis)) return false;
  return (
    (await caches.match(`${origin}${pathname.replace(/\/$/, '')}/__data.json${search}`)) !==
    undefined
  );
};
