import type { Media } from '@echomate/contracts/media.dto';
import { browserApi } from '#lib/browser-api.ts';
import * as m from '#lib/generated/messages.js';
import { randomId } from '#lib/random-id.ts';
import { readMedia } from './media-api.ts';
import { isVideo, objectionTo, Upload } from './upload.svelte.ts';

/** The uploads for one post or comment: some pictures, or one video. */
export class Uploads {
  items = $state<Upload[]>([]);
  /** Why a chosen file was not added. */
  refused = $state<string>();
  /** Already attached to what is being edited: the api removes it when the edit is saved. */
  readonly #attached: readonly string[];

  constructor(
    readonly accepted: readonly string[],
    readonly max: number,
    attached: readonly Media[] = [],
  ) {
    this.#attached = attached.map(({ id }) => id);
    for (const media of attached) this.items.push(new Upload(media.id, null, media));
  }

  get isBusy() {
    return this.items.some(({ isSending }) => isSending);
  }

  get hasFailed() {
    return this.items.some(({ error }) => error !== undefined);
  }

  get isFull() {
    return this.items.length >= this.max || this.items.some((item) => item.isVideo);
  }

  get ids() {
    return this.items.flatMap(({ media, isUsable }) => (media && isUsable ? [media.id] : []));
  }

  add(files: Iterable<File>) {
    this.refused = undefined;
    for (const file of files) {
      const objection = objectionTo(file, this.accepted) ?? this.#objectionToNumber(file);
      if (objection) {
        this.refused = objection;
        continue;
      }
      this.items.push(new Upload(randomId(), file));
      // The list's own reactive object: only changes to that one are observed.
      this.items.at(-1)?.send();
    }
  }

  #objectionToNumber(file: File) {
    if (this.items.length === 0) return null;
    if (isVideo(file) || this.items.some((item) => item.isVideo)) return m.media_one_video();
    return this.items.length >= this.max ? m.media_too_many({ count: this.max }) : null;
  }

  /** After a reload: uploads that were sent before and still exist. */
  async restore(ids: readonly string[]) {
    const answers = await Promise.all(ids.map((id) => readMedia(browserApi, id)));
    for (const answer of answers) {
      if (answer.ok && !this.isFull) {
        this.items.push(new Upload(answer.data.id, null, answer.data));
      }
    }
  }

  remove(upload: Upload) {
    this.refused = undefined;
    this.items = this.items.filter(({ key }) => key !== upload.key);
    upload.drop(upload.media !== undefined && this.#attached.includes(upload.media.id));
  }

  async saveAlts() {
    const saved = await Promise.all(this.items.map((item) => item.saveAlt()));
    return saved.every(Boolean);
  }

  /** They are attached to a post now. What was added since they were sent stays. */
  forget(sent: readonly Upload[] = this.items) {
    for (const item of sent) item.release();
    this.items = this.items.filter((item) => !sent.includes(item));
    this.refused = undefined;
  }
}
