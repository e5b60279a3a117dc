import type { FaultCode, Parameters, ReasonCode } from './refusals.js';

/**
 * Why a request was refused (RFC 9457). Clients may branch on `type` and on the more exact `code`; `detail` is its
 * sentence in English, and `errors` names the fields at fault.
 */
export interface Problem {
  type: ProblemType;
  title: string;
  status: number;
  code: ReasonCode;
  detail: string;
  /** What the code leaves open, such as the limit */
  parameters?: Parameters;
  errors?: FieldError[];
  requestId: string;
}

export interface FieldError {
  field: string;
  code: FaultCode;
  parameters?: Parameters;
  /** The code's sentence in English */
  message: string;
}

export const PROBLEMS = {
  'invalid-input': { status: 400, title: 'Please fix the following' },
  'malformed-request': { status: 400, title: "We couldn't read this request" },
  /** A mailed link opened in another browser than the one that registered: the link can still be used. */
  'password-needed': { status: 400, title: 'Choose a password' },
  'not-signed-in': { status: 401, title: 'Please log in' },
  'wrong-credentials': { status: 401, title: 'Incorrect email or password' },
  /** Only whoever knows the password is told; the answer sets the cookie that may send the email again. */
  'email-unconfirmed': { status: 403, title: 'Confirm your email first' },
  'account-suspended': { status: 403, title: 'This account is suspended' },
  /** Only whoever has proven the account is told; the answer sets the cookie with which the log-in goes on. */
  'second-factor-needed': { status: 403, title: 'One more step' },
  /** Only whoever knows the password is told; the answer sets the cookie that may keep the account. */
  'account-leaving': { status: 403, title: 'This account is about to be deleted' },
  'not-allowed': { status: 403, title: "You can't do this" },
  'foreign-origin': { status: 403, title: 'This request came from another site' },
  'not-found': { status: 404, title: "This isn't available" },
  'too-slow': { status: 408, title: 'That took too long to arrive' },
  conflict: { status: 409, title: 'This has changed in the meantime' },
  'link-expired': { status: 410, title: 'This link no longer works' },
  'too-large': { status: 413, title: "That's too large" },
  'unsupported-type': { status: 415, title: "This kind of content isn't accepted" },
  'too-many-requests': { status: 429, title: 'Too many tries' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: "We're busy right now" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof PROBLEMS;
export type ProblemType = `urn:echomate:problem:${ProblemName}`;

export const problemType = (name: ProblemName): ProblemType => `urn:echomate:problem:${name}`;
