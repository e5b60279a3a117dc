import type { Problem, ProblemName } from '@echomate/contracts/problems';
import * as m from '#lib/paraglide/messages.js';

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

export type Query = Record<string, string | number | undefined>;

/** How the api is asked, whether by the server for a page or by the page itself. */
export interface ApiCalls {
  get<Data>(path: string, query?: Query): Promise<ApiResult<Data>>;
  /** With a key, the same request sent twice is done once. */
  post<Data>(path: string, body?: object, idempotencyKey?: string): Promise<ApiResult<Data>>;
  put<Data>(path: string, body?: object): Promise<ApiResult<Data>>;
  patch<Data>(path: string, body: object): Promise<ApiResult<Data>>;
  delete<Data>(path: string): Promise<ApiResult<Data>>;
}

export const withQuery = (path: string, query: Query = {}) => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path;
};

export const answerOf = async <Data>(response: Response): Promise<ApiResult<Data>> => {
  if (!response.ok) {
    const problem = await problemOf(response);
    return refusalOf(response.status, problem, Number(response.headers.get('retry-after')));
  }
  const data = response.status === 204 ? undefined : await response.json();
  return { ok: true, status: response.status, data };
};

export const refusalOf = (
  status: number,
  problem: Partial<Problem> | null,
  retryAfter = 0,
): ApiRefusal => {
  const errors: Record<string, string> = {};
  for (const { field, message } of problem?.errors ?? []) errors[field] ??= message;
  return {
    ok: false,
    status,
    problem: problem ? nameOf(problem) : null,
    message: problem?.detail || problem?.title || m.error_unexpected_text(),
    errors,
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
  };
};

export const unreachable = (): ApiRefusal => ({
  ok: false,
  status: 503,
  problem: null,
  message: m.error_away_text(),
  errors: {},
  retryAfterSeconds: null,
});

/** The sentence for the person; how long to wait is told in minutes. */
export const messageOf = ({ problem, message, retryAfterSeconds }: ApiRefusal) => {
  if (problem !== 'too-many-requests' || retryAfterSeconds === null) return message;
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return minutes <= 1
    ? m.error_wait_a_minute()
    : m.error_wait_minutes({ minutes: String(minutes) });
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
