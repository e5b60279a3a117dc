import { answerOf, unreachable, type ApiResult } from './api-answer.ts';
import { callsBy, type Sent } from './api-calls.ts';
import { forgetKept } from './kept-here.ts';
import { logInAgain } from './signed-out.ts';

export const API_ROOT = '/api/v1';

const TIMEOUT_MS = 20_000;

const send = async <Data>({ method, path, body, key }: Sent): Promise<ApiResult<Data>> => {
  const headers = new Headers({ accept: 'application/json' });
  if (body) headers.set('content-type', 'application/json');
  if (key) headers.set('idempotency-key', key);
  try {
    const response = await fetch(`${API_ROOT}${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await answerOf<Data>(response);
    if (!answer.ok && answer.problem === 'not-signed-in') forgetKept();
    return answer;
  } catch {
    return unreachable();
  }
};

/** If the session has ended meanwhile, asks to log in and goes on where it was. */
const sendSignedIn = async <Data>(sent: Sent): Promise<ApiResult<Data>> => {
  const answer = await send<Data>(sent);
  if (answer.ok || answer.problem !== 'not-signed-in') return answer;
  return (await logInAgain()) ? send<Data>(sent) : answer;
};

/** For reads and actions that stay on the page; the browser sends the cookie. */
export const browserApi = callsBy(sendSignedIn);

/** For what the page asks by itself: interrupts nobody. */
export const backgroundApi = callsBy(send);
