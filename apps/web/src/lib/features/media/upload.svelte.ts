import { LIMITS, VIDEO_TYPES } from '@echomate/contracts/limits';
import type { Media } from '@echomate/contracts/media.dto';
import type { Problem } from '@echomate/contracts/problems';
import { messageOf, refusalOf } from '#lib/api-answer.ts';
import { API_ROOT, browserApi, toLogin } from '#lib/browser-api.ts';
import * as m from '#lib/paraglide/messages.js';
import { describeMedia, readMedia, removeMedia } from './media-api.ts';

const MEGABYTE = 1024 * 1024;
const ASK_EVERY_MS = 1_500;

const isOneOf = (types: readonly string[], type: string) => types.includes(type);
export const isVideo = ({ type }: { type: string }) => isOneOf(VIDEO_TYPES, type);

/** Said before anything is sent; what the browser cannot name is left to the api. */
export const objectionTo = (file: File, accepted: readonly string[]): string | null => {
  if (file.type && !isOneOf(accepted, file.type)) return m.media_wrong_type();
  const max = isVideo(file) ? LIMITS.media.maxVideoBytes : LIMITS.media.maxImageBytes;
  return file.size > max ? m.media_too_large({ max: `${max / MEGABYTE}` }) : null;
};

/** One picture or video on its way into a post. */
export class Upload {
  readonly name: string;
  readonly isVideo: boolean;
  /** Of the own file, at once; later the api's. */
  readonly preview: string | null;
  progress = $state(0);
  media = $state.raw<Media>();
  error = $state<string>();
  /** Nothing is wrong with the file itself. */
  mayRetry = $state(false);
  alt = $state('');
  #request: XMLHttpRequest | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #savedAlt = '';

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

  /** XMLHttpRequest, since fetch does not tell how much has been sent. */
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
    request.onload = () => this.#answered(request);
    request.onerror = () => {
      this.error = m.media_interrupted();
      this.mayRetry = true;
    };
    const form = new FormData();
    form.set('file', this.file, this.file.name);
    request.send(form);
  }

  #answered({ status, responseText }: XMLHttpRequest) {
    const body = parsed(responseText);
    if (status === 201 || status === 200) return this.#settle(body as Media);
    const refusal = refusalOf(status, body as Partial<Problem> | null);
    if (refusal.problem === 'not-signed-in') void toLogin();
    this.error = refusal.errors.file ?? messageOf(refusal);
    this.mayRetry = status >= 500 || status === 429;
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
    const answer = await readMedia(browserApi, id);
    if (answer.ok) this.#settle(answer.data);
    else if (answer.status === 404) this.error = m.media_failed();
    else this.#timer = setTimeout(() => void this.#askAgain(id), ASK_EVERY_MS * 2);
  }

  /** True when what the api knows is what is written here. */
  async saveAlt(): Promise<boolean> {
    const alt = this.alt.trim();
    if (!this.media || alt === this.#savedAlt) return true;
    const answer = await describeMedia(browserApi, this.media.id, alt);
    if (answer.ok) this.#savedAlt = alt;
    return answer.ok;
  }

  /** Stops it; what was stored is removed unless it still belongs to a post. */
  drop(isAttached = false) {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.release();
    if (this.media && !isAttached) void removeMedia(browserApi, this.media.id);
  }

  release() {
    if (this.preview) URL.revokeObjectURL(this.preview);
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
