import { getContext, onMount, setContext } from 'svelte';
import type { UnseenFollows } from '@echomate/contracts/follows.dto';
import { backgroundApi } from '#lib/browser-api.ts';
import { readFrame, type Unseen } from './frame.ts';

const KEY = Symbol('badges');
const ASK_EVERY_MS = 30_000;
const HIGHEST = 99;

/** What waits for the viewer, for the numbers in the navigation. */
class Badges {
  readonly #loaded: () => Unseen | null;
  follows = $derived.by(() => this.#loaded()?.follows ?? null);
  groups = $derived.by(() => this.#loaded()?.groups ?? null);
  registrations = $derived.by(() => this.#loaded()?.registrations ?? 0);

  constructor(loaded: () => Unseen | null) {
    this.#loaded = loaded;
  }

  readonly refresh = async () => {
    if (document.hidden) return;
    const answer = await readFrame(backgroundApi);
    if (!answer.ok) return;
    this.follows = answer.data.unseen.follows;
    this.groups = answer.data.unseen.groups;
    this.registrations = answer.data.unseen.registrations;
  };

  requestAnswered() {
    this.#change(({ requests }) => ({ requests: Math.max(0, requests - 1) }));
  }

  requestRestored() {
    this.#change(({ requests }) => ({ requests: requests + 1 }));
  }

  followersSeen() {
    this.#change(() => ({ newFollowers: 0 }));
  }

  #change(change: (follows: UnseenFollows) => Partial<UnseenFollows>) {
    if (this.follows) this.follows = { ...this.follows, ...change(this.follows) };
  }
}

/** Asked again from time to time, while somebody looks. */
export const provideBadges = (loaded: () => Unseen | null) => {
  const badges = new Badges(loaded);
  onMount(() => {
    const timer = setInterval(badges.refresh, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', badges.refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', badges.refresh);
    };
  });
  return setContext(KEY, badges);
};

export const badges = () => getContext<Badges>(KEY);

/** The number on a navigation entry, if any. */
export const badgeOf = (count: number) =>
  count === 0 ? null : { count, shown: count > HIGHEST ? `${HIGHEST}+` : String(count) };
