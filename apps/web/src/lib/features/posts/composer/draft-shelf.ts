import { randomId } from '#lib/random-id.ts';
import { storageOf, store, stored } from '#lib/storage.ts';
import { isSavedDraft, type SavedDraft } from './saved-draft.ts';

/** A page that is loaded anew is back before that. */
const COMES_BACK_WITHIN_MS = 10_000;
/** A browser that crashed did not say that it closed its tabs. */
const LOST_AFTER_MS = 24 * 3600_000;

/** When it was saved, and when its tab was left; null while it is open. */
type Kept = SavedDraft & { savedAt: number; leftAt: number | null };

/**
 * Where one person's drafts are kept in this browser, each tab's on its own. What a closed tab has left there, the next
 * one takes. Without storage nothing is kept: the text is on the page all the same.
 */
export class DraftShelf {
  readonly #places: string;
  readonly #tab: string;
  #own: string;

  constructor(viewerId: string) {
    this.#places = `echomate:draft:${viewerId}`;
    this.#tab = `echomate:tab:${viewerId}`;
    this.#own = `${this.#places}:${stored(this.#tab, storageOf('sessionStorage')) ?? this.#newTab()}`;
  }

  /** The draft of this tab, from before the page was loaded. */
  own(): SavedDraft | null {
    return this.#kept(this.#own);
  }

  put(draft: SavedDraft | null, isLeft = false) {
    if (!draft) return store(this.#own, null);
    const now = Date.now();
    const kept: Kept = { ...draft, savedAt: now, leftAt: isLeft ? now : null };
    store(this.#own, JSON.stringify(kept));
  }

  /** Takes what closed tabs have left, the oldest first. */
  takeLeft(): SavedDraft[] {
    const left = this.#others().filter(({ kept }) => isLeft(kept));
    for (const { place } of left) store(place, null);
    return left.map(({ kept }) => kept).sort((one, other) => one.savedAt - other.savedAt);
  }

  /** How long until all that has just been left may be taken; null if there is nothing. */
  waitForLeft(): number | null {
    const leftAt = this.#others().flatMap(({ kept }) => kept.leftAt ?? []);
    if (leftAt.length === 0) return null;
    return Math.max(0, Math.max(...leftAt) + COMES_BACK_WITHIN_MS - Date.now()) + 1;
  }

  /** A tab that was duplicated has the same place, and both would write over each other: whoever notices moves. */
  moveIfTaken({ key }: StorageEvent): boolean {
    if (key !== this.#own) return false;
    this.#own = `${this.#places}:${this.#newTab()}`;
    return true;
  }

  #newTab(): string {
    const tab = randomId();
    store(this.#tab, tab, storageOf('sessionStorage'));
    return tab;
  }

  #others(): { place: string; kept: Kept }[] {
    const storage = storageOf('localStorage');
    if (!storage) return [];
    return Object.keys(storage)
      .filter((place) => place.startsWith(this.#places) && place !== this.#own)
      .flatMap((place) => {
        const kept = this.#kept(place);
        return kept ? [{ place, kept }] : [];
      });
  }

  #kept(place: string): Kept | null {
    const text = stored(place);
    if (text === null) return null;
    try {
      const kept: unknown = JSON.parse(text);
      if (isSavedDraft(kept)) return { savedAt: 0, leftAt: null, ...kept };
    } catch {
      // Not a draft.
    }
    store(place, null);
    return null;
  }
}

const isLeft = ({ savedAt, leftAt }: Kept) =>
  leftAt === null
    ? Date.now() - savedAt > LOST_AFTER_MS
    : Date.now() - leftAt > COMES_BACK_WITHIN_MS;
