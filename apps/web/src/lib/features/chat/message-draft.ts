import { messageDraftsPlace } from '#lib/kept-here.ts';

/** What somebody is writing in one conversation, kept in this browser until it is sent. */
export class MessageDraft {
  readonly #place: string;

  constructor(viewerId: string, conversationId: string) {
    this.#place = messageDraftsPlace(viewerId) + conversationId;
  }

  read(): string {
    try {
      return localStorage.getItem(this.#place) ?? '';
    } catch {
      return '';
    }
  }

  save(text: string) {
    try {
      if (text) localStorage.setItem(this.#place, text);
      else localStorage.removeItem(this.#place);
    } catch {
      // Storage is full or unavailable; the text lasts as long as the page.
    }
  }
}
