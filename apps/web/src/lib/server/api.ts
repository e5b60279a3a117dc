import type { RequestEvent } from '@sveltejs/kit';
import {
  answerOf,
  unreachable,
  withQuery,
  type ApiCalls,
  type ApiResult,
  type Query,
} from '#lib/api-answer.ts';
import { CookieJar } from './cookie-jar.ts';
import { environment } from './environment.ts';

export type { ApiRefusal, ApiResult } from '#lib/api-answer.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Longer than any answer takes, shorter than a person's patience. */
const TIMEOUT_MS = 10_000;
const UPLOAD_TIMEOUT_MS = 60_000;

const SESSION_COOKIES = ['echomate_session', '__Host-echomate_session'];

/** The api as the browser behind one request sees it: its cookies, its address, its device. */
export class Api implements ApiCalls {
  readonly #event: RequestEvent;
  readonly #jar: CookieJar;

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

  get<Data>(path: string, query?: Query) {
    return this.#send<Data>('GET', withQuery(path, query));
  }

  post<Data>(path: string, body?: object, idempotencyKey?: string) {
    return this.#send<Data>('POST', path, body, idempotencyKey);
  }

  put<Data>(path: string, body?: object) {
    return this.#send<Data>('PUT', path, body);
  }

  patch<Data>(path: string, body: object) {
    return this.#send<Data>('PATCH', path, body);
  }

  delete<Data>(path: string) {
    return this.#send<Data>('DELETE', path);
  }

  async #send<Data>(
    method: Method,
    path: string,
    body?: object,
    idempotencyKey?: string,
  ): Promise<ApiResult<Data>> {
    const isUpload = body instanceof FormData;
    const headers = this.#headers();
    if (idempotencyKey) headers.set('idempotency-key', idempotencyKey);
    if (body && !isUpload) headers.set('content-type', 'application/json');
    try {
      const response = await fetch(`${environment.apiOrigin}/api/v1${path}`, {
        method,
        headers,
        body: isUpload ? body : body && JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(isUpload ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS),
      });
      this.#jar.receive(response.headers.getSetCookie());
      return await answerOf<Data>(response);
    } catch (cause) {
      console.error(`api ${method} ${path.split('?')[0]} failed:`, cause);
      return unreachable();
    }
  }

  #headers() {
    const { request, url } = this.#event;
    const headers = new Headers({
      accept: 'application/json',
      'x-forwarded-for': this.#event.getClientAddress(),
      'x-forwarded-proto': url.protocol.slice(0, -1),
      'x-forwarded-host': url.host,
      'x-echomate-proxy': environment.proxySecret,
      // SvelteKit has already refused writes from foreign pages, so this one is from our own.
      origin: url.origin,
    });
    const userAgent = request.headers.get('user-agent');
    if (userAgent) headers.set('user-agent', userAgent);
    const cookies = this.#jar.toString();
    if (cookies) headers.set('cookie', cookies);
    return headers;
  }
}
