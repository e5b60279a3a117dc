import { getContext, onMount, setContext } from 'svelte';

const KEY = Symbol('reach');
const LIVE = '/api/v1/health/live';
const TIMEOUT_MS = 10_000;
/** Not all at once, should a server come back. */
const ASK_AGAIN_MS = 4_000;
const SPREAD_MS = 4_000;

/** Whether our server can be reached from here. Whoever notices that something fails has it asked. */
export class Reach {
  isReachable = $state(true);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | undefined;
  #returns: (() => void)[] = [];

  readonly lose = () => {
    this.isReachable = false;
    clearTimeout(this.#timer);
    const after = ASK_AGAIN_MS + Math.random() * SPREAD_MS;
    this.#timer = setTimeout(() => void this.ask(), after);
  };

  readonly find = () => {
    clearTimeout(this.#timer);
    if (this.isReachable) return;
    this.isReachable = true;
    for (const returned of this.#returns) returned();
  };

  readonly ask = () => {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  };

  /** Reachable again after having been away. */
  onReturn(returned: () => void): () => void {
    this.#returns.push(returned);
    return () => {
      this.#returns = this.#returns.filter((one) => one !== returned);
    };
  }

  stop() {
    clearTimeout(this.#timer);
  }

  async #ask() {
    const asked = { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
    const answer = await fetch(LIVE, asked).catch(() => null);
    // Too many requests, for one, is an answer.
    if (answer && answer.status < 500) this.find();
    else this.lose();
  }
}

/** For the frame of all pages. */
export const provideReach = () => {
  const reach = new Reach();
  onMount(() => {
    if (!navigator.onLine) reach.lose();
    addEventListener('offline', reach.lose);
    addEventListener('online', reach.ask);
    return () => {
      reach.stop();
      removeEventListener('offline', reach.lose);
      removeEventListener('online', reach.ask);
    };
  });
  return setContext(KEY, reach);
};

export const reach = () => getContext<Reach>(KEY);
