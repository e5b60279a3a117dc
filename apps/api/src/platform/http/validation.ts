import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldError } from '@echomate/contracts/problems';
import { refuse } from './problem.js';

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
        errors.flatMap((error) => fieldErrors(error)),
      ),
  });

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path + error.property;
  const [rule, message] = Object.entries(error.constraints ?? {})[0] ?? [];
  const own: FieldError[] = message
    ? [{ field, message: rule === 'whitelistValidation' ? 'There is no such field.' : message }]
    : [];
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}.`))];
}
