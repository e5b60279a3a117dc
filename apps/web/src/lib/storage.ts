/** Null where the browser forbids storage: then reading the property throws. */
export const storageOf = (kind: 'localStorage' | 'sessionStorage'): Storage | null => {
  try {
    return globalThis[kind];
  } catch {
    return null;
  }
};

export const stored = (place: string, storage = storageOf('localStorage')): string | null =>
  storage?.getItem(place) ?? null;

/** Null removes it. What cannot be stored, as the storage is full or forbidden, lasts as long as the page. */
export const store = (
  place: string,
  value: string | null,
  storage = storageOf('localStorage'),
): void => {
  try {
    if (value === null) storage?.removeItem(place);
    else storage?.setItem(place, value);
  } catch {
    // The storage is full.
  }
};
