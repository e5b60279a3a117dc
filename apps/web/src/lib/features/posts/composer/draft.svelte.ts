import type { OwnAudience } from '@echomate/contracts/posts.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { Uploads } from '#lib/features/media/uploads.svelte.ts';
import { randomId } from '#lib/random-id.ts';
import type { ChosenGroup } from '../audience/audience-words.ts';
import { Attempt } from '../writing/attempt.ts';
import { DraftShelf } from './draft-shelf.ts';
import { mergedDraft, type SavedDraft } from './saved-draft.ts';

/**
 * A post being written. Each tab has its own, which survives a reload; the drafts of closed tabs come back in the next
 * one, in this browser and for this person.
 */
export class Draft {
  title = $state('');
  text = $state('');
  audience = $state<OwnAudience>('public');
  chosen = $state.raw<UserCard[]>([]);
  /** Goes before the audience */
  group = $state.raw<ChosenGroup | null>(null);
  /** Created with the first attachment: most posts are only text. */
  uploads = $state.raw<Uploads>();
  /** Kept until the post exists, so that a retry never posts twice. */
  readonly attempt = new Attempt();
  readonly #viewerId: string;
  #shelf: DraftShelf | undefined;
  /** Uploads of a restored draft, until they are there */
  #awaited: string[] | null = null;

  constructor(viewerId: string) {
    this.#viewerId = viewerId;
  }

  get content() {
    return this.text.trim();
  }

  get isEmpty() {
    return this.text.trim() === '' && this.title.trim() === '' && !this.uploads?.items.length;
  }

  /** While the page is open: keeps the draft, and takes those of closed tabs. `onrestored` tells that it has filled. */
  keep(onrestored: () => void): () => void {
    const shelf = new DraftShelf(this.#viewerId);
    this.#shelf = shelf;
    const restore = () => {
      if (!this.isEmpty || this.#awaited) return;
      const own = shelf.own();
      const [first, ...others] = [...(own ? [own] : []), ...shelf.takeLeft()];
      if (!first) return;
      this.#fill(mergedDraft([first, ...others], randomId()));
      this.save();
      onrestored();
    };
    restore();
    const wait = shelf.waitForLeft();
    const timer = wait === null ? undefined : setTimeout(restore, wait);

    const leave = () => this.save(true);
    /** Another tab goes on with the same words: two drafts now, and two posts. */
    const part = () => {
      this.attempt.renew();
      this.save();
    };
    const comeBack = () => {
      if (!this.isEmpty && !shelf.own()) part();
      else this.save();
    };
    const look = (event: StorageEvent) => {
      if (shelf.moveIfTaken(event)) part();
    };
    addEventListener('pagehide', leave);
    addEventListener('pageshow', comeBack);
    addEventListener('storage', look);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', comeBack);
      removeEventListener('storage', look);
      leave();
    };
  }

  async withUploads(): Promise<Uploads> {
    const { newPostUploads } = await import('./new-post-uploads.ts');
    return (this.uploads ??= newPostUploads());
  }

  save(isLeft = false) {
    const { title, text, audience, chosen, group, attempt, uploads } = this;
    const saved = { title, text, audience, chosen, group, key: attempt.key };
    const mediaIds = this.#awaited ?? uploads?.ids ?? [];
    const isEmpty = this.isEmpty && !this.#awaited;
    this.#shelf?.put(isEmpty ? null : { ...saved, mediaIds }, isLeft);
  }

  /** After posting: the next draft is empty, with the same audience. */
  clear() {
    this.title = '';
    this.text = '';
    this.attempt.renew();
    this.uploads?.forget();
    this.save();
  }

  discard() {
    for (const upload of [...(this.uploads?.items ?? [])]) this.uploads?.remove(upload);
    this.clear();
  }

  async #await(mediaIds: string[]) {
    this.#awaited = mediaIds;
    try {
      await (await this.withUploads()).restore(mediaIds);
    } finally {
      this.#awaited = null;
    }
  }

  #fill(saved: SavedDraft) {
    this.title = saved.title;
    this.text = saved.text;
    this.audience = saved.audience;
    this.chosen = saved.chosen;
    this.group = saved.group ?? null;
    this.attempt.resume(saved.key);
    if (saved.mediaIds.length > 0) void this.#await(saved.mediaIds);
  }
}
