import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { answerOf, unreachable, withQuery, type ApiCalls, type ApiResult } from './api-answer.ts';

export const API_ROOT = '/api/v1';

const TIMEOUT_MS = 20_000;

/** The session ended since the page was opened: log in and come back. */
export const toLogin = () => {
  const here = `${location.pathname}${location.search}`;
  return goto(
    here === '/' ? resolve('/(public)/login') : `/login?next=${encodeURIComponent(here)}`,
  );
};

const send = async <Data>(
  method: string,
  path: string,
  body?: object,
  idempotencyKey?: string,
): Promise<ApiResult<Data>> => {
  const headers = new Headers({ accept: 'application/json' });
  if (body) headers.set('content-type', 'application/json');
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey);
  try {
    const response = await fetch(`${API_ROOT}${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await answerOf<Data>(response);
    if (!answer.ok && answer.problem === 'not-signed-in') await toLogin();
    return answer;
  } catch {
    return unreachable();
  }
};

/** For what is asked or done without leaving the page; the cookie goes along by itself. */
export const browserApi: ApiCalls = {
  get: (path, query) => send('GET', withQuery(path, query)),
  post: (path, body, key) => send('POST', path, body, key),
  put: (path, body) => send('PUT', path, body),
  patch: (path, body) => send('PATCH', path, body),
  delete: (path) => send('DELETE', path),
};
