import { SvelteMap } from 'svelte/reactivity';

const SHOWN_MS = 4_000;
const TOLD_EVERY_MS = 2_000;

/** Who else is typing in a conversation, and telling them that one is typing. */
export class Typing {
  readonly #ends = new SvelteMap<string, ReturnType<typeof setTimeout>>();
  readonly #tell: () => void;
  #toldAt = 0;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  get userIds(): string[] {
    return [...this.#ends.keys()];
  }

  saw(userId: string) {
    clearTimeout(this.#ends.get(userId));
    this.#ends.set(
      userId,
      setTimeout(() => this.#ends.delete(userId), SHOWN_MS),
    );
  }

  /** What they typed has come. */
  ended(userId: string) {
    clearTimeout(this.#ends.get(userId));
    this.#ends.delete(userId);
  }

  /** Called for every key. */
  readonly tell = () => {
    const now = Date.now();
    if (now - this.#toldAt < TOLD_EVERY_MS) return;
    this.#toldAt = now;
    this.#tell();
  };
}
