import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldError } from '@echomate/contracts/problems';
import { refuse } from './problem.js';

/** Of a refusal: nobody mends more at once, and names may be whatever somebody made up. */
const MOST_ERRORS = 20;
const LONGEST_FIELD = 100;

/** Lets through what a contract class describes and nothing else. */
export const validation = () =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      refuse(
        'invalid-input',
        'Some of what you entered cannot be used as it is.',
        errors.flatMap((error) => fieldErrors(error)).slice(0, MOST_ERRORS),
      ),
  });

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = (path + error.property).slice(0, LONGEST_FIELD);
  const [rule, message] = Object.entries(error.constraints ?? {})[0] ?? [];
  const own: FieldError[] = message
    ? [{ field, message: rule === 'whitelistValidation' ? 'There is no such field.' : message }]
    : [];
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}.`))];
}
