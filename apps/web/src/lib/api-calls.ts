import type { Routes } from '@echomate/contracts/routes';
import type { ApiResult } from './api-answer.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type RoutesOf<M extends Method> = {
  [Route in keyof Routes as Route extends `${M} ${infer Path}` ? Path : never]: Routes[Route];
};

/** What fills the path, the query and the body. With a key, a repeated request has no further effect. */
type RequestOf<M extends Method, Route> = (Route extends { asked: infer Asked } ? Asked : object) &
  (Route extends { body: infer Body } ? { body: Body } : object) &
  (M extends 'POST' ? { key?: string | undefined } : object);

type Arguments<Request> = keyof Request extends never
  ? []
  : object extends Request
    ? [request?: Request]
    : [request: Request];

type Call<M extends Method> = <Path extends keyof RoutesOf<M>>(
  path: Path,
  ...request: Arguments<RequestOf<M, RoutesOf<M>[Path]>>
) => Promise<ApiResult<AnswerOf<RoutesOf<M>[Path]>>>;

type AnswerOf<Route> = Route extends { answer: infer Answer } ? Answer : never;

/** How to call the api: from the server for a page, or from the page itself. */
export interface ApiCalls {
  get: Call<'GET'>;
  post: Call<'POST'>;
  put: Call<'PUT'>;
  patch: Call<'PATCH'>;
  delete: Call<'DELETE'>;
}

export interface Sent {
  method: Method;
  /** Below the root of the api, with its query. */
  path: string;
  body: object | undefined;
  key: string | undefined;
}

/** The calls, by one way to send a request. */
export const callsBy = (send: (sent: Sent) => Promise<ApiResult<never>>): ApiCalls => {
  const by =
    (method: Method) =>
    (path: string, request: object = {}) => {
      const { body, key, ...asked } = request as Partial<Sent>;
      return send({ method, path: pathOf(path, asked), body, key });
    };
  return {
    get: by('GET'),
    post: by('POST'),
    put: by('PUT'),
    patch: by('PATCH'),
    delete: by('DELETE'),
  };
};

/** Fills the path; what it has no place for is the query. */
export const pathOf = (
  template: string,
  asked: Record<string, string | number | undefined>,
): string => {
  const query = new URLSearchParams();
  let path = template;
  for (const [name, value] of Object.entries(asked)) {
    if (value === undefined) continue;
    const place = `{${name}}`;
    if (path.includes(place)) path = path.replace(place, encodeURIComponent(value));
    else query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
};
