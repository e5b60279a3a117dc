import { messageOf, type ApiRefusal } from '#lib/api-answer.ts';
import * as m from '#lib/paraglide/messages.js';
import { randomId } from '#lib/random-id.ts';

/** Something that is sent until it has arrived, and never twice. */
export class Attempt {
  #key = randomId();
  /** It may have arrived although no answer came back. */
  #isUncertain = false;

  get key() {
    return this.#key;
  }

  /** It goes on after a reload, of which nobody knows what came before. */
  resume(key: string) {
    this.#key = key;
    this.#isUncertain = true;
  }

  renew() {
    this.#key = randomId();
    this.#isUncertain = false;
  }

  /**
   * What to tell the person. Who changes the text after a lost answer would be refused for ever: the
   * first one did arrive, and this is another.
   */
  refusedWith(refusal: ApiRefusal): string {
    if (refusal.problem === 'conflict' && this.#isUncertain) {
      this.renew();
      return m.posts_arrived_before();
    }
    if (refusal.problem === null || refusal.status >= 500) this.#isUncertain = true;
    return messageOf(refusal);
  }
}
