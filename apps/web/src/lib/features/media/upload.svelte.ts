import { LIMITS, VIDEO_TYPES } from '@echomate/contracts/limits';
import type { Media } from '@echomate/contracts/media.dto';
import { answerToUpload, messageOf } from '#lib/api-answer.ts';
import { API_ROOT, backgroundApi, browserApi } from '#lib/browser-api.ts';
import * as m from '#lib/generated/messages.js';
import { logInAgain } from '#lib/signed-out.ts';
import { describeMedia, readMedia, removeMedia } from './media-api.ts';

const MEGABYTE = 1024 * 1024;
const ASK_EVERY_MS = 1_500;

const isOneOf = (types: readonly string[], type: string) => types.includes(type);
export const isVideo = ({ type }: { type: string }) => isOneOf(VIDEO_TYPES, type);

/** Checked before anything is sent; types unknown to the browser are left to the api. */
export const objectionTo = (file: File, accepted: readonly string[]): string | null => {
  if (file.type && !isOneOf(accepted, file.type)) {
    const takesVideos = VIDEO_TYPES.some((type) => isOneOf(accepted, type));
    return takesVideos ? m.media_wrong_type() : m.media_not_picture();
  }
  const max = isVideo(file) ? LIMITS.media.maxVideoBytes : LIMITS.media.maxImageBytes;
  return file.size > max ? m.media_too_large({ max: `${max / MEGABYTE}` }) : null;
};

/** A picture or video being uploaded for a post. */
export class Upload {
  readonly name: string;
  readonly isVideo: boolean;
  /** URL of the local file at first, later of the api's. */
  readonly preview: string | null;
  progress = $state(0);
  media = $state.raw<Media>();
  error = $state<string>();
  /** The failure was not caused by the file itself. */
  mayRetry = $state(false);
  alt = $state('');
  #request: XMLHttpRequest | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #savedAlt = '';
  #isReleased = false;

  constructor(
    readonly key: string,
    readonly file: File | null,
    media?: Media,
  ) {
    this.name = file?.name ?? '';
    this.isVideo = file ? isVideo(file) : media?.kind === 'video';
    this.preview = file && !this.isVideo ? URL.createObjectURL(file) : null;
    if (media) {
      this.alt = this.#savedAlt = media.alt ?? '';
      this.#settle(media);
    }
  }

  get isSending() {
    return !this.media && !this.error;
  }

  get isProcessing() {
    return this.media?.status === 'processing';
  }

  get isUsable() {
    return this.media !== undefined && !this.error;
  }

  /** XMLHttpRequest, because fetch does not report upload progress. */
  send() {
    if (!this.file) return;
    this.error = undefined;
    this.progress = 0;
    const request = (this.#request = new XMLHttpRequest());
    request.open('POST', `${API_ROOT}/media`);
    request.setRequestHeader('accept', 'application/json');
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total }) => {
      this.progress = total > 0 ? loaded / total : 0;
    };
    request.onload = () => void this.#answered(request);
    request.onerror = () => {
      this.error = m.media_interrupted();
      this.mayRetry = true;
    };
    const form = new FormData();
    form.set('file', this.file, this.file.name);
    request.send(form);
  }

  async #answered(request: XMLHttpRequest) {
    const answer = await answerToUpload<Media>(request);
    if (answer.ok) return this.#settle(answer.data);
    if (answer.problem === 'not-signed-in') void this.#logInAgain();
    this.error = messageOf(answer);
    this.mayRetry = answer.status >= 500 || answer.status === 429;
  }

  async #logInAgain() {
    if (await logInAgain()) this.send();
  }

  #settle(media: Media) {
    this.media = media;
    this.progress = 1;
    if (media.status === 'failed') this.error = m.media_failed();
    if (media.status === 'processing') {
      this.#timer = setTimeout(() => void this.#askAgain(media.id), ASK_EVERY_MS);
    }
  }

  async #askAgain(id: string) {
    const answer = await readMedia(backgroundApi, id);
    if (this.#isReleased) return;
    if (answer.ok) this.#settle(answer.data);
    else if (answer.status === 404) this.error = m.media_failed();
    else this.#timer = setTimeout(() => void this.#askAgain(id), ASK_EVERY_MS * 2);
  }

  /** True if the api has stored the current text. */
  async saveAlt(): Promise<boolean> {
    const alt = this.alt.trim();
    if (!this.media || alt === this.#savedAlt) return true;
    const answer = await describeMedia(browserApi, this.media.id, alt);
    if (answer.ok) this.#savedAlt = alt;
    return answer.ok;
  }

  /** Cancels it; a stored file is removed unless it belongs to a post already. */
  drop(isAttached = false) {
    this.#request?.abort();
    this.release();
    if (this.media && !isAttached) void removeMedia(browserApi, this.media.id);
  }

  /** It is shown no more: nothing is asked about it any longer. */
  release() {
    this.#isReleased = true;
    clearTimeout(this.#timer);
    if (this.preview) URL.revokeObjectURL(this.preview);
  }
}
