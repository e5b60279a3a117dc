import { HttpException } from '@nestjs/common';
import {
  PROBLEMS,
  problemType,
  type FieldError,
  type Problem,
  type ProblemName,
} from '@echomate/contracts/problems';
import {
  fault,
  inEnglish,
  REASONS,
  type Fault,
  type FaultCode,
  type GapsOf,
  type Parameters,
  type ReasonCode,
} from '@echomate/contracts/refusals';

/** A refusal with a text for people. Any other error is an internal one and gives a 500. */
export class Refusal extends HttpException {
  readonly problem: ProblemName;

  constructor(
    readonly code: ReasonCode,
    readonly parameters?: Parameters,
    /** Not named `errors`, because Node adds to an error's property of that name. */
    readonly fields?: FieldError[],
  ) {
    // A field alone at fault says all there is to say.
    const only = code === 'invalid-input' && fields?.length === 1 ? fields[0]!.message : null;
    super(only ?? inEnglish(code, parameters), PROBLEMS[REASONS[code][0]].status);
    this.problem = REASONS[code][0];
  }
}

export const refuse = <Code extends ReasonCode>(code: Code, ...gaps: GapsOf<Code>) =>
  new Refusal(code, gaps[0]);

/** The answer for what is hidden as well as for what does not exist. */
export const notFound = () => refuse('not-found');

export const invalidFields = (errors: FieldError[]) =>
  new Refusal('invalid-input', undefined, errors);

/** A rule that only the server can check, reported like any other field error. */
export const invalidField = <Code extends FaultCode>(
  field: string,
  code: Code,
  ...gaps: GapsOf<Code>
) => invalidFields([fieldError(field, fault(code, ...gaps))]);

export const fieldError = (field: string, { code, parameters }: Fault): FieldError => ({
  field,
  code,
  ...(parameters && { parameters }),
  message: inEnglish(code, parameters),
});

export const describeProblem = (refusal: Refusal, requestId: string): Problem => {
  const { problem, code, message, parameters, fields } = refusal;
  return {
    type: problemType(problem),
    title: PROBLEMS[problem].title,
    status: PROBLEMS[problem].status,
    code,
    detail: message,
    ...(parameters && { parameters }),
    ...(fields && { errors: fields }),
    requestId,
  };
};
