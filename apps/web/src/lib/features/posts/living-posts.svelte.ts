import { getContext, setContext, untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import { Living } from '#lib/living.svelte.ts';
import type { ShownPost } from './shown-post.ts';

const KEY = Symbol('posts');

export class LivingPosts extends Living<Post> {
  readonly comments = new Living<Comment>();
  /** What the viewer has written or shared on this page or those before it, newest first. */
  written = $state.raw<Post[]>([]);
  readonly #gone = new SvelteSet<string>();

  /** What a page has just loaded is there, even if it was gone before. */
  override learn(id: string, loaded: Post): boolean {
    const isNew = super.learn(id, loaded);
    if (isNew)
      untrack(() => {
        this.#gone.delete(id);
        if (loaded.shared) this.#gone.delete(loaded.shared.id);
      });
    return isNew;
  }

  add(post: Post) {
    this.set(post.id, post);
    this.written = [post, ...this.written];
    if (post.shared) this.changeCount(post.shared.id, 'shareCount', 1);
  }

  changeCount(id: string, name: 'commentCount' | 'shareCount', by: number) {
    this.change(id, (post) => ({ [name]: Math.max(0, post[name] + by) }));
  }

  remove(id: string) {
    this.#gone.add(id);
  }

  bringBack(id: string) {
    this.#gone.delete(id);
  }

  /** Where the original is gone, its shares are. */
  isGone({ id, shared }: Pick<Post, 'id' | 'shared'>) {
    return this.#gone.has(id) || (shared !== null && this.#gone.has(shared.id));
  }

  /** Of a post that is shown somewhere. */
  groupOf(id: string) {
    return this.now(id, { group: null } as Post).group;
  }

  /** The original of a share, as far as its own card has changed it. */
  original(shared: ShownPost): ShownPost {
    return this.now(shared.id, shared as Post);
  }
}

export const providePosts = () => setContext(KEY, new LivingPosts());

export const livingPosts = () => getContext<LivingPosts>(KEY);
