import { getContext, setContext } from 'svelte';

const KEY = Symbol('toaster');

export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
  action?: { label: string; run: () => void } | undefined;
}

/** Short messages about what was just done; state of one open page, not of the server. */
export class Toaster {
  readonly messages = $state<Toast[]>([]);
  /** Where they can be shown: on the page, and in each dialog that is open over it. */
  #places = $state.raw<readonly symbol[]>([]);
  #lastId = 0;

  show(text: string, more: Partial<Pick<Toast, 'tone' | 'action'>> = {}) {
    this.messages.push({ id: ++this.#lastId, text, tone: 'good', ...more });
  }

  dismiss(id: number) {
    const index = this.messages.findIndex((message) => message.id === id);
    if (index >= 0) this.messages.splice(index, 1);
  }

  /** Returns how to leave it again. */
  take(place: symbol): () => void {
    this.#places = [...this.#places, place];
    return () => (this.#places = this.#places.filter((other) => other !== place));
  }

  /** They are shown in one place only: what lies under a dialog is inert. */
  isOnTop(place: symbol) {
    return this.#places.at(-1) === place;
  }
}

export const provideToaster = () => setContext(KEY, new Toaster());

export const toaster = () => getContext<Toaster>(KEY);
