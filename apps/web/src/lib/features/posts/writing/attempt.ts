import { messageOf, type ApiRefusal, type ApiResult } from '#lib/api-answer.ts';
import * as m from '#lib/generated/messages.js';
import { randomId } from '#lib/random-id.ts';

/** A request that is repeated until it succeeds, and takes effect only once. */
export class Attempt {
  #key = randomId();
  /** It may have succeeded although no answer came back. */
  #isUncertain = false;

  get key() {
    return this.#key;
  }

  /** Continues after a reload, when it is unknown whether it succeeded before. */
  resume(key: string) {
    this.#key = key;
    this.#isUncertain = true;
  }

  renew() {
    this.#key = randomId();
    this.#isUncertain = false;
  }

  /** Something else may have been sent with this key, as from another tab; what was written now is sent all the same. */
  async send<Data>(request: (key: string) => Promise<ApiResult<Data>>): Promise<ApiResult<Data>> {
    const answer = await request(this.#key);
    if (answer.ok || answer.problem !== 'conflict' || this.#isUncertain) return answer;
    this.renew();
    return request(this.#key);
  }

  /**
   * The message for the person. If the text changed after a lost answer, every further try would be refused, because
   * the first one did succeed with other content.
   */
  refusedWith(refusal: ApiRefusal, shown: readonly string[] = []): string {
    if (refusal.problem === 'conflict' && this.#isUncertain) {
      this.renew();
      return m.posts_arrived_before();
    }
    if (refusal.problem === null || refusal.status >= 500) this.#isUncertain = true;
    return messageOf(refusal, shown);
  }
}
