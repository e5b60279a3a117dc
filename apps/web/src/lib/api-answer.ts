import type { Problem, ProblemName } from '@echomate/contracts/problems';
import type { Parameters } from '@echomate/contracts/refusals';
import * as m from '#lib/generated/messages.js';

export interface ApiRefusal {
  ok: false;
  status: number;
  /** Null if the api could not be reached or gave an unknown answer. */
  problem: ProblemName | null;
  /** About the whole; what is wrong with fields is among the errors. */
  message: string;
  /** One message per field. */
  errors: Record<string, string>;
}

export type ApiResult<Data> = { ok: true; status: number; data: Data } | ApiRefusal;

interface Answered {
  status: number;
  contentType: string;
  body: string;
}

export const answerFrom = async <Data>({
  status,
  contentType,
  body,
}: Answered): Promise<ApiResult<Data>> => {
  if (status < 200 || status >= 300)
    return refusalOf(status, contentType.includes('json') ? problemIn(body) : null);
  return { ok: true, status, data: status === 204 ? undefined : JSON.parse(body) };
};

export const answerOf = async <Data>(response: Response): Promise<ApiResult<Data>> =>
  answerFrom({
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
  });

export const answerToUpload = <Data>(request: XMLHttpRequest): Promise<ApiResult<Data>> =>
  answerFrom({
    status: request.status,
    contentType: request.getResponseHeader('content-type') ?? '',
    body: request.responseText,
  });

/** In the words of the catalogue, which come when they are needed; in the api's own for a code that it lacks. */
export const refusalOf = async (
  status: number,
  problem: Partial<Problem> | null,
): Promise<ApiRefusal> => {
  const catalogue = await import('./refusal-words.ts').catch(() => null);
  const wordsFor = ({ code, parameters }: { code?: string; parameters?: Parameters }) =>
    (code && catalogue?.refusalWords(code, parameters)) || null;
  const errors: Record<string, string> = {};
  for (const error of problem?.errors ?? [])
    errors[error.field] ??= wordsFor(error) ?? error.message;
  const message = problem && (wordsFor(problem) ?? (problem.detail || problem.title));
  return {
    ok: false,
    status,
    problem: problem ? nameOf(problem) : null,
    message: message || m.refusal_internal(),
    errors,
  };
};

export const unreachable = (): ApiRefusal => ({
  ok: false,
  status: 503,
  problem: null,
  message: m.error_away_text(),
  errors: {},
});

/** What is left to say to the person where the errors of these fields are shown beside them. */
export const messageOf = ({ message, errors }: ApiRefusal, shown: readonly string[] = []) => {
  const others = Object.entries(errors).filter(([field]) => !shown.includes(field));
  return others.length > 0 ? others.map(([, text]) => text).join(' ') : message;
};

const problemIn = (body: string): Partial<Problem> | null => {
  try {
    return JSON.parse(body) as Partial<Problem>;
  } catch {
    return null;
  }
};

const nameOf = ({ type }: Partial<Problem>) =>
  (type?.replace('urn:echomate:problem:', '') as ProblemName | undefined) ?? null;
