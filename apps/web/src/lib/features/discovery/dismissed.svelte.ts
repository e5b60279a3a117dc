import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Dismissable } from './discovery-api.ts';

const KEY = Symbol('dismissed');

/** What the viewer has dismissed on this open page: what was loaded before shows no more of it, at once. */
class Dismissed {
  readonly #subjects = new SvelteSet<string>();

  note({ kind, subject }: Dismissable, isDismissed: boolean) {
    this.#subjects[isDismissed ? 'add' : 'delete'](`${kind} ${subject}`);
  }

  has({ kind, subject }: Dismissable) {
    return this.#subjects.has(`${kind} ${subject}`);
  }
}

export const provideDismissed = () => setContext(KEY, new Dismissed());

export const dismissed = () => getContext<Dismissed>(KEY);
