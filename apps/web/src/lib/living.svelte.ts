import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

/**
 * What is known of things that several parts of a page show. It learns from what pages load and from what the api
 * answers; the latest word counts, and everything that shows the thing changes with it. One for each tree of pages:
 * made anew for every request on the server, while in the browser it lives as long as the frame.
 */
export class Living<Value extends object> {
  readonly #known = new SvelteMap<string, Value>();
  readonly #learned = new WeakSet<Value>();

  /** From a page's data. Each counts once: shown again later it is outdated, and false is returned. */
  learn(id: string, loaded: Value): boolean {
    if (this.#learned.has(loaded)) return false;
    this.#learned.add(loaded);
    untrack(() => this.#known.set(id, loaded));
    return true;
  }

  now(id: string, loaded: Value): Value {
    return this.#known.get(id) ?? loaded;
  }

  set(id: string, value: Value) {
    this.#known.set(id, value);
  }

  /** Changes what is known; a thing that nobody shows stays unknown. */
  change(id: string, change: (value: Value) => Partial<Value>) {
    const value = untrack(() => this.#known.get(id));
    if (value) this.#known.set(id, { ...value, ...change(value) });
  }
}
