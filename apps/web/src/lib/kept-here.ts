import { storageOf, store } from './storage.ts';

/** What the service worker, the chat and the search keep in this browser for whoever is signed in (decision 51). */
const OUTBOX = 'echomate:outbox:';
const MESSAGE_DRAFTS = 'echomate:message-drafts:';
const SEARCHES = 'echomate:searches:';
const ALL = [OUTBOX, MESSAGE_DRAFTS, SEARCHES];

export const outboxPlace = (viewerId: string) => `${OUTBOX}${viewerId}:`;
export const messageDraftsPlace = (viewerId: string) => `${MESSAGE_DRAFTS}${viewerId}:`;
export const searchesPlace = (viewerId: string) => `${SEARCHES}${viewerId}:`;

const tellWorker = (said: 'forget' | { keep: string }) => {
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(said));
};

/** Messages that others have written here and not sent, and what they searched for. The service worker sees to its own part. */
export const keepOnlyOf = (viewerId: string | undefined) => {
  const own = viewerId
    ? [outboxPlace, messageDraftsPlace, searchesPlace].map((place) => place(viewerId))
    : [];
  const startsWithOne = (place: string, starts: string[]) =>
    starts.some((start) => place.startsWith(start));
  for (const place of Object.keys(storageOf('localStorage') ?? {}))
    if (startsWithOne(place, ALL) && !startsWithOne(place, own)) store(place, null);
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
