import type { Problem, ProblemName } from '@echomate/contracts/problems';
import type { RequestEvent } from '@sveltejs/kit';
import * as m from '#lib/paraglide/messages.js';
import { CookieJar } from './cookie-jar.ts';
import { environment } from './environment.ts';

export interface ApiRefusal {
  ok: false;
  status: number;
  /** Null when the api could not be reached or answered nothing we know. */
  problem: ProblemName | null;
  message: string;
  /** One sentence a field. */
  errors: Record<string, string>;
  retryAfterSeconds: number | null;
}

export type ApiResult<Data> = { ok: true; status: number; data: Data } | ApiRefusal;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Record<string, string | number | undefined>;

/** Longer than any answer takes, shorter than a person's patience. */
const TIMEOUT_MS = 10_000;
const UPLOAD_TIMEOUT_MS = 60_000;

const SESSION_COOKIES = ['echomate_session', '__Host-echomate_session'];

/** The api as the browser behind one request sees it: its cookies, its address, its device. */
export class Api {
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

  post<Data>(path: string, body?: object) {
    return this.#send<Data>('POST', path, body);
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

  async #send<Data>(method: Method, path: string, body?: object): Promise<ApiResult<Data>> {
    const isUpload = body instanceof FormData;
    const headers = this.#headers();
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
      if (!response.ok) return await refusalOf(response);
      const data = response.status === 204 ? undefined : await response.json();
      return { ok: true, status: response.status, data };
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

const withQuery = (path: string, query: Query = {}) => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path;
};

const refusalOf = async (response: Response): Promise<ApiRefusal> => {
  const problem = await problemOf(response);
  const retryAfter = Number(response.headers.get('retry-after'));
  const errors: Record<string, string> = {};
  for (const { field, message } of problem?.errors ?? []) errors[field] ??= message;
  return {
    ok: false,
    status: response.status,
    problem: problem ? nameOf(problem) : null,
    message: problem?.detail || problem?.title || m.error_unexpected_text(),
    errors,
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
  };
};

const problemOf = async (response: Response): Promise<Partial<Problem> | null> => {
  if (!response.headers.get('content-type')?.includes('json')) return null;
  try {
    return (await response.json()) as Partial<Problem>;
  } catch {
    return null;
  }
};

const nameOf = ({ type }: Partial<Problem>) =>
  (type?.replace('urn:echomate:problem:', '') as ProblemName | undefined) ?? null;

const unreachable = (): ApiRefusal => ({
  ok: false,
  status: 503,
  problem: null,
  message: m.error_away_text(),
  errors: {},
  retryAfterSeconds: null,
});
