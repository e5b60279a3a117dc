import type { RequestEvent } from '@sveltejs/kit';
import { answerFrom, answerOf, unreachable, type ApiResult } from '#lib/api-answer.ts';
import { callsBy, type ApiCalls, type Sent } from '#lib/api-calls.ts';
import { CookieJar } from './cookie-jar.ts';
import { environment } from './environment.ts';
import { ask } from './http.ts';

export type { ApiRefusal, ApiResult } from '#lib/api-answer.ts';

/** Longer than any answer takes, shorter than people wait. */
const TIMEOUT_MS = 10_000;
const UPLOAD_TIMEOUT_MS = 60_000;

const SESSION_COOKIES = ['echomate_session', '__Host-echomate_session'];

/** Whether nobody may ever look at what is asked for. */
export const isAskedAhead = ({ isDataRequest, request }: RequestEvent) =>
  isDataRequest || (request.headers.get('sec-purpose') ?? '').startsWith('prefetch');

/** Calls the api on behalf of the browser behind one request: its cookies, its address, its device. */
export class Api implements ApiCalls {
  readonly #event: RequestEvent;
  readonly #jar: CookieJar;
  readonly #calls = callsBy((sent) => this.#send(sent));
  readonly get = this.#calls.get;
  readonly post = this.#calls.post;
  readonly put = this.#calls.put;
  readonly patch = this.#calls.patch;
  readonly delete = this.#calls.delete;

  constructor(event: RequestEvent) {
    this.#event = event;
    this.#jar = new CookieJar(event.request.headers.get('cookie'));
  }

  get hasSessionCookie() {
    return SESSION_COOKIES.some((name) => this.#jar.has(name));
  }

  get setCookieHeaders(): readonly string[] {
    return this.#jar.setCookieHeaders;
  }

  async #send<Data>({ method, path, body, key }: Sent): Promise<ApiResult<Data>> {
    const url = new URL(`${environment.apiOrigin}/api/v1${path}`);
    const headers = this.#headers();
    if (key) headers['idempotency-key'] = key;
    try {
      if (body instanceof FormData) return await this.#upload<Data>(method, url, headers, body);
      if (body) headers['content-type'] = 'application/json';
      const answer = await ask(url, {
        method,
        headers,
        body: body && JSON.stringify(body),
        timeoutMs: TIMEOUT_MS,
      });
      this.#jar.receive(answer.setCookies);
      return await answerFrom<Data>(answer);
    } catch (cause) {
      console.error(`api ${method} ${path.split('?')[0]} failed:`, cause);
      return unreachable();
    }
  }

  async #upload<Data>(method: string, url: URL, headers: Record<string, string>, body: FormData) {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    });
    this.#jar.receive(response.headers.getSetCookie());
    return answerOf<Data>(response);
  }

  #headers() {
    const { request, url } = this.#event;
    const headers: Record<string, string> = {
      accept: 'application/json',
      // From one process to its neighbour.
      'accept-encoding': 'identity',
      'x-forwarded-for': this.#event.getClientAddress(),
      'x-forwarded-proto': url.protocol.slice(0, -1),
      'x-forwarded-host': url.host,
      'x-echomate-proxy': environment.proxySecret,
      // SvelteKit has already refused writes from other sites, so this request is our own.
      origin: url.origin,
    };
    // Pages ask for data as soon as the pointer is on a link; what is then looked at, they tell (`tell-visits.ts`).
    if (isAskedAhead(this.#event)) headers['sec-purpose'] = 'prefetch';
    const userAgent = request.headers.get('user-agent');
    if (userAgent) headers['user-agent'] = userAgent;
    const cookies = this.#jar.toString();
    if (cookies) headers['cookie'] = cookies;
    return headers;
  }
}
