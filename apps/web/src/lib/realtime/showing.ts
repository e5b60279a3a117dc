import { getContext, onMount, setContext } from 'svelte';
import { LIMITS } from '@echomate/contracts/limits';
import type { ShowingFrame, ShownKind, ShownThing } from '@echomate/contracts/realtime';
import type { Realtime } from './realtime.svelte.ts';

const KEY = Symbol('showing');
/** A page that is being built says once what it shows. */
const SAY_AFTER_MS = 200;
/** After a line was away: all pages ask for all they show. */
const RETURN_WITHIN_MS = 5_000;

interface Shower {
  /** It is time to ask for it anew. */
  changed: (change: { hasNewComments: boolean }) => void;
  gone?: () => void;
}

const keyOf = ({ kind, id }: ShownThing) => `${kind}:${id}`;

/** Tells the server what this page shows, and whoever shows it that it has changed or is gone. */
export class Showing {
  readonly #realtime: Realtime;
  readonly #things = new Map<string, { thing: ShownThing; showers: Set<Shower> }>();
  readonly #feeds = new Set<() => void>();
  /** When to ask, at a moment that only this page has, and whether for comments, too. */
  readonly #waiting = new Map<string, { hasNewComments: boolean }>();
  #saying: ReturnType<typeof setTimeout> | undefined;

  constructor(realtime: Realtime) {
    this.#realtime = realtime;
  }

  /** Returns how to stop: for an effect. */
  show(kind: ShownKind, id: string, shower: Shower): () => void {
    const thing = { kind, id };
    const key = keyOf(thing);
    const shown = this.#things.get(key) ?? { thing, showers: new Set() };
    this.#things.set(key, shown);
    shown.showers.add(shower);
    this.#saySoon();
    return () => {
      shown.showers.delete(shower);
      if (shown.showers.size === 0 && this.#things.get(key) === shown) this.#things.delete(key);
      this.#saySoon();
    };
  }

  showFeed(grown: () => void): () => void {
    this.#feeds.add(grown);
    this.#saySoon();
    return () => {
      this.#feeds.delete(grown);
      this.#saySoon();
    };
  }

  listen(): () => void {
    const realtime = this.#realtime;
    const stops = [
      realtime.on('shown.changed', ({ things, withinMs }) => {
        for (const thing of things) this.#askLater(thing, withinMs);
      }),
      realtime.on('shown.gone', ({ things }) => {
        for (const thing of things) for (const { gone } of this.#showersOf(keyOf(thing))) gone?.();
      }),
      realtime.on('feed.grown', ({ withinMs }) => {
        setTimeout(() => this.#feeds.forEach((grown) => grown()), Math.random() * withinMs);
      }),
      realtime.onConnect((isReturn) => {
        this.#say();
        if (!isReturn) return;
        for (const { thing } of this.#things.values())
          if (thing.kind === 'post' || thing.kind === 'event')
            this.#askLater({ ...thing, hasNewComments: true }, RETURN_WITHIN_MS);
      }),
    ];
    return () => {
      clearTimeout(this.#saying);
      stops.forEach((stop) => stop());
    };
  }

  /** What changes all the time is asked for once in `withinMs`. */
  #askLater(
    { hasNewComments, ...thing }: ShownThing & { hasNewComments: boolean },
    withinMs: number,
  ) {
    const key = keyOf(thing);
    const waiting = this.#waiting.get(key);
    if (waiting) return void (waiting.hasNewComments ||= hasNewComments);
    const change = { hasNewComments };
    this.#waiting.set(key, change);
    setTimeout(
      () => {
        this.#waiting.delete(key);
        for (const { changed } of this.#showersOf(key)) changed(change);
      },
      withinMs * (0.5 + Math.random() / 2),
    );
  }

  #showersOf = (key: string) => [...(this.#things.get(key)?.showers ?? [])];

  #saySoon() {
    this.#saying ??= setTimeout(() => this.#say(), SAY_AFTER_MS);
  }

  #say() {
    clearTimeout(this.#saying);
    this.#saying = undefined;
    const { maxPosts, maxOthers } = LIMITS.shown;
    const all = [...this.#things.values()].map(({ thing }) => thing);
    const idsOf = (kind: ShownKind, most: number) =>
      all.flatMap((thing) => (thing.kind === kind ? thing.id : [])).slice(-most);
    const frame: ShowingFrame = {
      post: idsOf('post', maxPosts),
      event: idsOf('event', maxOthers),
      group: idsOf('group', maxOthers),
      person: idsOf('person', maxOthers),
      feed: this.#feeds.size > 0,
    };
    this.#realtime.send('showing', frame);
  }
}

export const provideShowing = (realtime: Realtime) => {
  const showing = new Showing(realtime);
  onMount(() => showing.listen());
  return setContext(KEY, showing);
};

export const showing = () => getContext<Showing>(KEY);
