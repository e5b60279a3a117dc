import { searchesPlace } from '#lib/kept-here.ts';
import { store, stored } from '#lib/storage.ts';
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
      const kept: unknown = JSON.parse(stored(this.#place) ?? '[]');
      this.searches = Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
    } catch {
      // Something else is stored there.
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
    store(this.#place, searches.length > 0 ? JSON.stringify(searches) : null);
  }
}
