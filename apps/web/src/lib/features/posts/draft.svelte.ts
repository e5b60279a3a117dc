import type { OwnAudience } from '@echomate/contracts/posts.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { Uploads } from '#lib/features/media/uploads.svelte.ts';
import { Attempt } from './attempt.ts';
import { contentOf, type Mentioned } from './draft-text.ts';
import { isSavedDraft, type SavedDraft } from './saved-draft.ts';

/** A post that is being written. It outlives a reload of the page, in this browser and for this person. */
export class Draft {
  title = $state('');
  text = $state('');
  mentioned = $state.raw<Mentioned>({});
  audience = $state<OwnAudience>('public');
  chosen = $state.raw<UserCard[]>([]);
  /** Here only once something goes along: most posts are words. */
  uploads = $state.raw<Uploads>();
  /** Stays until the post is there, so that trying again never posts twice. */
  readonly attempt = new Attempt();
  readonly #place: string;

  constructor(viewerId: string) {
    this.#place = `echomate:draft:${viewerId}`;
  }

  get content() {
    return contentOf(this.text, this.mentioned).trim();
  }

  get isEmpty() {
    return this.text.trim() === '' && this.title.trim() === '' && !this.uploads?.items.length;
  }

  /** True if something had been begun. */
  restore(): boolean {
    const saved = this.#read();
    if (!saved) return false;
    this.title = saved.title;
    this.text = saved.text;
    this.mentioned = saved.mentioned;
    this.audience = saved.audience;
    this.chosen = saved.chosen;
    this.attempt.resume(saved.key);
    if (saved.mediaIds.length > 0) {
      void this.withUploads().then((uploads) => uploads.restore(saved.mediaIds));
    }
    return true;
  }

  async withUploads(): Promise<Uploads> {
    const { newPostUploads } = await import('./new-post-uploads.ts');
    return (this.uploads ??= newPostUploads());
  }

  save() {
    const { title, text, mentioned, audience, chosen, attempt, uploads } = this;
    const saved: SavedDraft = {
      title,
      text,
      mentioned,
      audience,
      chosen,
      key: attempt.key,
      mediaIds: uploads?.ids ?? [],
    };
    try {
      if (this.isEmpty) localStorage.removeItem(this.#place);
      else localStorage.setItem(this.#place, JSON.stringify(saved));
    } catch {
      // The browser keeps nothing; what is written stays on the page.
    }
  }

  /** Posted: the next one begins empty, for the same people. */
  clear() {
    this.title = '';
    this.text = '';
    this.mentioned = {};
    this.attempt.renew();
    this.uploads?.forget();
    this.save();
  }

  discard() {
    for (const upload of [...(this.uploads?.items ?? [])]) this.uploads?.remove(upload);
    this.clear();
  }

  #read() {
    try {
      const saved: unknown = JSON.parse(localStorage.getItem(this.#place) ?? 'null');
      return isSavedDraft(saved) ? saved : null;
    } catch {
      return null;
    }
  }
}
