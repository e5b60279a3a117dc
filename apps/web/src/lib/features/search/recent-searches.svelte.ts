import { searchesPlace } from '#lib/kept-here.ts';
import { remembered, without } from './remembered.ts';

/** What somebody has searched for, in this browser alone. */
export class RecentSearches {
  searches = $state.raw<string[]>([]);
  readonly #place: string;

  constructor(viewerId: string) {
    this.#place = searchesPlace(viewerId);
  }

  /** Another tab may have added some. */
  readonly read = () => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#place) ?? '[]');
      this.searches = Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
    } catch {
      // Storage is unavailable, or holds something else.
      this.searches = [];
    }
  };

  readonly remember = (q: string) => {
    this.read();
    this.#keep(remembered(this.searches, q));
  };

  readonly erase = (q: string) => {
    this.read();
    this.#keep(without(this.searches, q));
  };

  readonly eraseAll = () => this.#keep([]);

  #keep(searches: string[]) {
    this.searches = searches;
    try {
      if (searches.length > 0) localStorage.setItem(this.#place, JSON.stringify(searches));
      else localStorage.removeItem(this.#place);
    } catch {
      // Storage is unavailable; they last as long as the page.
    }
  }
}
