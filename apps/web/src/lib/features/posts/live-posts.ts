import { getContext, setContext } from 'svelte';
import type { Memberships } from '#lib/features/groups/memberships.svelte.ts';
import * as m from '#lib/generated/messages.js';
import { backgroundApi } from '#lib/browser-api.ts';
import type { Showing } from '#lib/realtime/showing.ts';
import { toaster, type Toaster } from '#lib/ui/toaster.svelte.ts';
import { readOnAfter } from './read-on.ts';
import type { LivingPosts } from './living-posts.svelte.ts';
import { readSomePosts } from './posts-api.ts';

const KEY = Symbol('live posts');
/** What changes together is asked for together. */
const TOGETHER_MS = 50;
const MOST_AT_ONCE = 50;

/** Keeps the posts of open pages as they are now, and takes away what the viewer can't see any more. */
class LivePosts {
  readonly #showing: Showing;
  readonly #posts: LivingPosts;
  readonly #groups: Memberships;
  readonly #toasts: Toaster;
  readonly #stale = new Set<string>();
  readonly #asking = new Set<string>();
  #isWaiting = false;

  constructor(showing: Showing, posts: LivingPosts, groups: Memberships, toasts: Toaster) {
    this.#showing = showing;
    this.#posts = posts;
    this.#groups = groups;
    this.#toasts = toasts;
  }

  /** With the original of a share, and the event that it shows. Returns how to stop: for an effect. */
  show(id: string, sharedId?: string, eventId?: string): () => void {
    const ids = sharedId ? [id, sharedId] : [id];
    const stops = ids.map((one) =>
      this.#showing.show('post', one, {
        changed: () => this.#readSoon(one),
        gone: () => this.#takeAway(one),
      }),
    );
    if (eventId)
      stops.push(this.#showing.show('event', eventId, { changed: () => this.#readSoon(id) }));
    return () => stops.forEach((stop) => stop());
  }

  /** What is in a group went with the membership, perhaps. */
  async noticeOut(group: { id: string; title: string }) {
    if (this.#asking.has(group.id) || this.#groups.isOut(group.id)) return;
    this.#asking.add(group.id);
    const isIn = await this.#groups.isStillIn(group.id);
    this.#asking.delete(group.id);
    if (!isIn) this.#toasts.show(m.groups_out_now({ title: group.title }), { tone: 'bad' });
  }

  #takeAway(id: string) {
    const group = this.#posts.groupOf(id);
    const hasFocus = document.activeElement?.closest(`[data-post="${id}"]`);
    const readOn = hasFocus ? readOnAfter(id) : undefined;
    this.#posts.remove(id);
    void readOn?.();
    if (group) void this.noticeOut(group);
  }

  #readSoon(id: string) {
    this.#stale.add(id);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => void this.#read(), TOGETHER_MS);
  }

  async #read() {
    this.#isWaiting = false;
    const ids = [...this.#stale];
    this.#stale.clear();
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
      const asked = ids.slice(at, at + MOST_AT_ONCE);
      const answer = await readSomePosts(backgroundApi, asked);
      if (!answer.ok) continue;
      const found = new Map(answer.data.items.map((post) => [post.id, post]));
      for (const id of asked) {
        const post = found.get(id);
        if (post) this.#posts.set(id, post);
        else this.#takeAway(id);
      }
    }
  }
}

export const provideLivePosts = (showing: Showing, posts: LivingPosts, groups: Memberships) =>
  setContext(KEY, new LivePosts(showing, posts, groups, toaster()));

export const livePosts = () => getContext<LivePosts>(KEY);
