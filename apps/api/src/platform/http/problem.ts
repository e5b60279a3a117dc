import { HttpException } from '@nestjs/common';
import {
  PROBLEMS,
  problemType,
  type FieldError,
  type Problem,
  type ProblemName,
} from '@echomate/contracts/problems';

/** A refusal that a person can understand. Anything else that is thrown is a fault of ours: a 500. */
export class Refusal extends HttpException {
  constructor(
    readonly problem: ProblemName,
    readonly detail: string,
    /** Not `errors`: to an error's list of that name Node adds what else goes wrong. */
    readonly fields?: FieldError[],
  ) {
    super(detail, PROBLEMS[problem].status);
  }
}

export const refuse = (problem: ProblemName, detail: string, errors?: FieldError[]) =>
  new Refusal(problem, detail, errors);

/** Hidden and absent answer with exactly this. */
export const notFound = () =>
  refuse('not-found', 'It does not exist, or it is not visible to you.');

/** A rule that only the server can check, told like any other field error. */
export const invalidField = (field: string, message: string) =>
  refuse('invalid-input', message, [{ field, message }]);

export const describeProblem = (
  name: ProblemName,
  detail: string,
  requestId: string,
  errors?: FieldError[],
): Problem => ({
  type: problemType(name),
  title: PROBLEMS[name].title,
  status: PROBLEMS[name].status,
  detail,
  ...(errors && { errors }),
  requestId,
});
