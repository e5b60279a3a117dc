import { getContext, setContext } from 'svelte';

const KEY = Symbol('toaster');
const SHOWN_FOR_MS = 6_000;
/** Long enough to read it and to reach its button. */
const SHOWN_WITH_ACTION_MS = 12_000;

export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
  action?: { label: string; run: () => void } | undefined;
}

/** Short messages about what was just done; state of one open page, not of the server. */
export class Toaster {
  readonly messages = $state<Toast[]>([]);
  #lastId = 0;

  show(text: string, more: Partial<Pick<Toast, 'tone' | 'action'>> = {}) {
    const id = ++this.#lastId;
    this.messages.push({ id, text, tone: 'good', ...more });
    setTimeout(() => this.dismiss(id), more.action ? SHOWN_WITH_ACTION_MS : SHOWN_FOR_MS);
  }

  dismiss(id: number) {
    const index = this.messages.findIndex((message) => message.id === id);
    if (index >= 0) this.messages.splice(index, 1);
  }
}

export const provideToaster = () => setContext(KEY, new Toaster());

export const toaster = () => getContext<Toaster>(KEY);
