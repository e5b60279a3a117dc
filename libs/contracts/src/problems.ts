/**
 * Why a request was refused (RFC 9457). Clients may branch on `type`; `detail` is a sentence for
 * people, and `errors` names the fields at fault.
 */
export interface Problem {
  type: ProblemType;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
  requestId: string;
}

export interface FieldError {
  field: string;
  message: string;
}

export const PROBLEMS = {
  'invalid-input': { status: 400, title: 'Some fields need another look' },
  'malformed-request': { status: 400, title: 'The request could not be read' },
  /** A mailed link, opened in another browser than the one that registered: nothing was used up. */
  'password-needed': { status: 400, title: 'Choose a password' },
  'not-signed-in': { status: 401, title: 'Please log in' },
  'wrong-credentials': { status: 401, title: 'Email or password is not right' },
  'not-allowed': { status: 403, title: 'You may not do this' },
  'foreign-origin': { status: 403, title: 'This request came from another site' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'too-slow': { status: 408, title: 'This took too long to arrive' },
  conflict: { status: 409, title: 'This clashes with what is already there' },
  'link-expired': { status: 410, title: 'This link no longer works' },
  'too-large': { status: 413, title: 'This is too large' },
  'unsupported-type': { status: 415, title: 'This kind of content is not accepted' },
  'too-many-requests': { status: 429, title: 'Too many tries, please wait' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Busy right now, please try again' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof PROBLEMS;
export type ProblemType = `urn:echomate:problem:${ProblemName}`;

export const problemType = (name: ProblemName): ProblemType => `urn:echomate:problem:${name}`;
