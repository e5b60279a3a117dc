import {
  ValidationPipe,
  type ArgumentMetadata,
  type ValidationError,
  type ValidationPipeOptions,
} from '@nestjs/common';
import { PageQuery } from '@echomate/contracts/paging.dto';
import type { FieldError } from '@echomate/contracts/problems';
import type { Cursors } from './cursors.js';
import { refuse } from './problem.js';

/** Of a refusal: nobody mends more at once, and names may be whatever somebody made up. */
const MOST_ERRORS = 20;
const LONGEST_FIELD = 100;
/** Hands the services a page's cursor as they gave it. */
class Validation extends ValidationPipe {
  constructor(
    private readonly cursors: Cursors,
    options: ValidationPipeOptions,
  ) {
    super(options);
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const valid: unknown = await super.transform(value, metadata);
    if (valid instanceof PageQuery && valid.cursor !== undefined)
      valid.cursor = this.cursors.open(valid.cursor);
    return valid;
  }
}

/** Lets through what a contract class describes and nothing else. */
export const validation = (cursors: Cursors) =>
  new Validation(cursors, {
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
