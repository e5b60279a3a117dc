import { LIMITS } from '@echomate/contracts/limits';
import { answerToUpload, messageOf } from '#lib/api-answer.ts';
import { API_ROOT } from '#lib/browser-api.ts';
import * as m from '#lib/generated/messages.js';
import { logInAgain } from '#lib/signed-out.ts';

/** An archive on its way. XMLHttpRequest, because fetch does not report upload progress. */
export class ArchiveUpload {
  /** From 0 to 1 while it is being sent. */
  progress = $state<number>();
  error = $state<string>();
  #request: XMLHttpRequest | undefined;

  /** Whether it has been taken. */
  async send(file: File): Promise<boolean> {
    this.error = undefined;
    if (file.size > LIMITS.import.maxBytes) {
      this.error = m.importing_too_large();
      return false;
    }
    this.progress = 0;
    const request = await this.#post(file);
    this.progress = undefined;
    if (request.status === 0) {
      this.error = m.media_interrupted();
      return false;
    }
    const answer = await answerToUpload(request);
    if (answer.ok) return true;
    if (answer.problem === 'not-signed-in' && (await logInAgain())) return this.send(file);
    this.error = messageOf(answer);
    return false;
  }

  stop() {
    this.#request?.abort();
  }

  #post(file: File): Promise<XMLHttpRequest> {
    const request = (this.#request = new XMLHttpRequest());
    request.open('POST', `${API_ROOT}/users/me/import`);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => {
      this.progress = total > 0 ? loaded / total : 0;
    };
    const form = new FormData();
    form.set('file', file, file.name);
    return new Promise((resolve) => {
      request.onloadend = () => resolve(request);
      request.send(form);
    });
  }
}
